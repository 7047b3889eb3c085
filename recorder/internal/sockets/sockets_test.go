package sockets

import (
	"net"
	"testing"
)

func TestBuffersGrowAndDropsAreCounted(t *testing.T) {
	in, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := net.Dial("udp4", in.LocalAddr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()

	if err := Enlarge(); err != nil {
		t.Skip("no /proc here:", err)
	}
	k := Keeper{}
	_, smallest, err := k.Look()
	if err != nil {
		t.Skip("no /proc here:", err)
	}
	if smallest < 64<<10 {
		t.Errorf("buffer of %d bytes", smallest)
	}
	if _, again, _ := k.Look(); again != 0 {
		t.Error("a known socket was treated again")
	}
	const packets = 20_000 // more than any buffer of 4 MiB holds, the kernel counts its own overhead
	payload := make([]byte, 1400)
	for range packets {
		_, _ = out.Write(payload)
	}
	dropped, _, err := k.Look()
	if err != nil || dropped == 0 || dropped >= packets {
		t.Errorf("%d dropped, %v", dropped, err)
	}
	if again, _, _ := k.Look(); again != 0 {
		t.Errorf("%d told twice", again)
	}
}
