package catalog

import (
	"math"
	"strings"
	"testing"

	"electroscope/launcher/limit"
)

// The vectors are those of systemd's src/test/test-parse-util.c, test_parse_size_iec, as far
// as its documented rules go: falling suffixes, upper case, base 1024.
func TestParseSize(t *testing.T) {
	const k, m, g = uint64(1) << 10, uint64(1) << 20, uint64(1) << 30
	tests := []struct {
		text string
		want uint64
		bad  bool
	}{
		{"111", 111, false},
		{"111.4", 111, false},
		{" 112 B", 112, false},
		{"3.5 K", 3*k + 512, false},
		{"3. K", 3 * k, false},
		{"3. 0 K", 0, true},
		{" 4 M 11.5K", 4*m + 11*k + 512, false},
		{"3B3.5G", 0, true},
		{"3.5G3B", 3*g + 512*m + 3, false},
		{"4T3G3B", 4*k*g + 3*g + 3, false},
		{"12P12P", 0, true},
		{"3E 2P", 3<<60 + 2<<50, false},
		{"12X", 0, true},
		{"12.5e3", 0, true},
		{"1024E", 0, true},
		{"15E 1023P 1023T 1023G 1023M 1023K 1023B", math.MaxUint64, false},
		{"15E 1024P", 0, true},
		{"-1", 0, true},
		{"1G -1M", 0, true},
		{"1G 512M", g + 512*m, false},
		{"1G 512", g + 512, false},
		{"512 1G", 0, true},
		{"1 2", 0, true},
		{"1.2.3", 0, true},
		{"2.5G", 2*g + 512*m, false},
		{"2.5G ", 2*g + 512*m, false}, // a unit file's value is trimmed at its end
		{"2g", 0, true},
		{"2gib", 0, true},
		{"2Gb", 0, true},
		{"2GBB", 0, true},
		{"2iB", 0, true},
		{"G", 0, true},
		{".5G", 0, true},
		{"", 0, true},
		{" ", 0, true},
		{"18446744073709551616", 0, true},
	}
	for _, test := range tests {
		got, wrong := ParseSize(test.text)
		if (wrong != "") != test.bad || got != test.want && !test.bad {
			t.Errorf("ParseSize(%q) = %d, %q; want %d, bad %v", test.text, got, wrong, test.want, test.bad)
		}
	}
}

// What people write and systemd does not take, all of base 1024.
func TestParseSizeWithBytes(t *testing.T) {
	for text, want := range map[string]uint64{
		"5GB": 5 << 30, "5GiB": 5 << 30, "2.5 GiB": 5 << 29, "512MB": 512 << 20, "64KiB": 64 << 10, "1TB": 1 << 40,
		"1GB 512MiB": 3 << 29, "1GiB512MB3": 3<<29 + 3, "1PB": 1 << 50, "1EiB": 1 << 60,
	} {
		if got, wrong := ParseSize(text); got != want || wrong != "" {
			t.Errorf("ParseSize(%q) = %d, %q; want %d", text, got, wrong, want)
		}
	}
}

func TestSizeText(t *testing.T) {
	for want, bytes := range map[string]uint64{
		"0B": 0, "1023B": 1023, "1K": 1 << 10, "2.5G": 5 << 29, "2457M": 2457 << 20, "1.25T": 5 << 38, "5G": 5 << 30,
		"9.6G": 16 << 30 * 60 / 100, "infinity": math.MaxUint64, "16E": math.MaxUint64 - 1,
	} {
		if got := limit.SizeText(bytes); got != want {
			t.Errorf("limit.SizeText(%d) = %q, want %q", bytes, got, want)
		}
	}
}

// As systemd's parse_permyriad_unbounded, src/test/test-percent-util.c.
func TestParsePercent(t *testing.T) {
	tests := []struct {
		text string
		want uint64
		ok   bool
	}{
		{"0%", 0, true}, {"40%", 4000, true}, {"150%", 15000, true},
		{"12.5%", 1250, true}, {"12.34%", 1234, true}, {"0.01%", 1, true},
		{"12.345%", 0, false}, {"12.%", 0, false}, {".5%", 0, false}, {"%", 0, false},
		{"-1%", 0, false}, {"40", 0, false}, {"4 0%", 0, false}, {"1x.5%", 0, false},
		{"21474836.47%", math.MaxInt32, true}, {"21474836.48%", 0, false},
	}
	for _, test := range tests {
		got, ok := parsePercent(test.text)
		if ok != test.ok || ok && got != test.want {
			t.Errorf("parsePercent(%q) = %d, %v; want %d, %v", test.text, got, ok, test.want, test.ok)
		}
	}
}

func TestAmountOf(t *testing.T) {
	tests := []struct {
		amount      Amount
		total, want uint64
	}{
		{Amount{}, 100, 0},
		{Amount{7, Plain}, 100, 7},
		{Amount{4000, Share}, 100, 40},
		{Amount{15000, Share}, 100, 150},
		{Amount{10000, Share}, math.MaxUint64, math.MaxUint64},
		{Amount{20000, Share}, math.MaxUint64, math.MaxUint64},
		{Amount{5000, Share}, math.MaxUint64 - 1, math.MaxUint64 / 2},
		{Amount{0, Infinity}, 100, math.MaxUint64},
		{Amount{0, Idle}, 100, 0},
	}
	for _, test := range tests {
		if got := test.amount.Of(test.total); got != test.want {
			t.Errorf("%+v.Of(%d) = %d, want %d", test.amount, test.total, got, test.want)
		}
	}
}

// FuzzParseSize: what is accepted can be spelled as a unit file has it and is read as the same
// again, in apps.toml and by the rules of systemd, which take no more than ours do.
func FuzzParseSize(f *testing.F) {
	for _, text := range []string{"", "0", "2.5G", "1G 512M", "5GiB", "3G3B", "+7", "18446744073709551615", "16E", ".5G", "10.M", "1 \t\n", "40%"} {
		f.Add(text)
	}
	memory, _ := limit.ByName("MemoryMax")
	f.Fuzz(func(t *testing.T, text string) {
		if n, ok := parsePercent(text); ok && n > 100*math.MaxInt32 {
			t.Errorf("%q is %d hundredths of a percent", text, n)
		}
		n, wrong := ParseSize(text)
		if wrong != "" {
			if n != 0 {
				t.Errorf("%q %s, and is %d", text, wrong, n)
			}
			return
		}
		if n == math.MaxUint64 {
			return // which is spelled "infinity"
		}
		spelled := strings.TrimPrefix(memory.Setting(n), memory.Name+"=")
		if again, wrong := ParseSize(spelled); wrong != "" || again != n {
			t.Errorf("%q is %d, spelled %q, which is %d %s", text, n, spelled, again, wrong)
		}
	})
}
