package machine

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A node of a made-up /sys: no machine here has these cards.
type node struct{ path, vendor, driver, boot string }

func madeUpSys(t *testing.T, nodes []node, files ...string) string {
	t.Helper()
	root := t.TempDir()
	write := func(file, text string) {
		if text == "" {
			return
		}
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, n := range nodes {
		dir := filepath.Join(root, n.path)
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		write(filepath.Join(dir, "vendor"), n.vendor)
		write(filepath.Join(dir, "boot_vga"), n.boot)
		if n.driver != "" {
			if err := os.Symlink("../../bus/pci/drivers/"+n.driver, filepath.Join(dir, "driver")); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, file := range files {
		write(filepath.Join(root, file), "driver")
	}
	return root
}

func TestReadGraphicsOfMadeUpCards(t *testing.T) {
	const drm = "sys/class/drm/"
	nvidia := node{drm + "renderD128/device", "0x10de\n", "nvidia", "1\n"}
	for _, test := range []struct {
		name  string
		nodes []node
		files []string
		path  string
		want  Graphics
	}{
		{name: "no card", want: Graphics{Vendor: "none"}},
		{name: "nvidia", nodes: []node{nvidia}, want: Graphics{Vendor: "nvidia", Driver: "nvidia"}},
		{name: "nvidia with VA-API", nodes: []node{nvidia}, files: []string{"usr/lib/x86_64-linux-gnu/dri/nvidia_drv_video.so"},
			want: Graphics{Vendor: "nvidia", Driver: "nvidia", VADriver: "usr/lib/x86_64-linux-gnu/dri/nvidia_drv_video.so"}},
		{name: "VA-API elsewhere", nodes: []node{nvidia}, path: "/a:/opt/dri", files: []string{"opt/dri/nvidia_drv_video.so"},
			want: Graphics{Vendor: "nvidia", Driver: "nvidia", VADriver: "opt/dri/nvidia_drv_video.so"}},
		{name: "nouveau", nodes: []node{{drm + "renderD128/device", "0x10de", "nouveau", ""}}, want: Graphics{Vendor: "nvidia", Driver: "nouveau"}},
		{name: "nvidia without modeset", files: []string{"dev/nvidia0"}, want: Graphics{Vendor: "nvidia", Driver: "nvidia"}},
		{name: "hybrid, the screen on Intel", nodes: []node{
			{drm + "renderD128/device", "0x10de", "nvidia", "0"}, {drm + "renderD129/device", "0x8086", "i915", "1"},
		}, want: Graphics{Vendor: "intel", Driver: "i915", Hybrid: true}},
		{name: "amd", nodes: []node{{drm + "renderD128/device", "0x1002", "amdgpu", ""}}, want: Graphics{Vendor: "amd", Driver: "amdgpu"}},
		{name: "virtio", nodes: []node{{drm + "renderD128/device", "0x1af4", "virtio-pci", ""}}, want: Graphics{Vendor: "other", Driver: "virtio-pci"}},
		{name: "virtual, no PCI", nodes: []node{{drm + "renderD128/device", "", "", ""}}, want: Graphics{Vendor: "none"}},
	} {
		root := madeUpSys(t, test.nodes, test.files...)
		got := ReadGraphics(root, test.path)
		if got.VADriver != "" {
			got.VADriver, _ = filepath.Rel(root, got.VADriver)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}

func TestReadDisplay(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "wayland-1"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		env  map[string]string
		want Display
	}{
		{"nothing", nil, Display{}},
		{"x11", map[string]string{"DISPLAY": ":0", "XDG_SESSION_TYPE": "x11", "XDG_RUNTIME_DIR": dir}, Display{X11: true, SessionType: "x11"}},
		{"wayland", map[string]string{"WAYLAND_DISPLAY": "wayland-1", "XDG_RUNTIME_DIR": dir}, Display{Wayland: true}},
		{"by path", map[string]string{"WAYLAND_DISPLAY": dir + "/wayland-1"}, Display{Wayland: true}},
		{"named, but gone", map[string]string{"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": dir}, Display{}},
	} {
		if got := ReadDisplay(func(name string) string { return test.env[name] }); got != test.want {
			t.Errorf("%s: %+v, want %+v", test.name, got, test.want)
		}
	}
}
