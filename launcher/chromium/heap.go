package chromium

import "strconv"

const (
	mib = 1 << 20

	// MaxHeap is the largest heap that V8 makes: all of a process's heaps lie in
	// one pointer-compression cage of 4 GB, and V8 silently lowers what is above
	// (v8/src/heap/heap.h, kAllocatorLimitOnMaxOldGenerationSize).
	MaxHeap = 4096 * mib

	// LowHeap is a heap with which an app of today hardly starts. A heap that is
	// full ends its process; the process does not become thrifty.
	LowHeap = 256 * mib
)

// heapFlag returns V8's flag for a heap of at most that many bytes.
func heapFlag(bytes uint64, from Origin, log *decisionLog) string {
	if bytes > MaxHeap {
		log.add(Changed, "--max-old-space-size="+mebibytes(bytes), from,
			"from "+string(from)+", lowered to 4096: V8's heaps share a cage of 4 GB")
		bytes = MaxHeap
	}
	flag := "--max-old-space-size=" + mebibytes(bytes)
	if bytes < LowHeap {
		log.add(Changed, flag, from,
			"from "+string(from)+", is little: a process that needs more than that crashes")
	}
	return flag
}

// mebibytes writes a number of bytes in MiB, rounded up, so that it is never 0,
// which V8 takes for no bound.
func mebibytes(bytes uint64) string {
	n := bytes / mib
	if bytes%mib != 0 {
		n++
	}
	return strconv.FormatUint(n, 10)
}
