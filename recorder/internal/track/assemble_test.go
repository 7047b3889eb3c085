package track

import (
	"encoding/hex"
	"fmt"
	"testing"

	"tiepdan.vn/recorder/internal/webm"
)

// heard collects frames: K or -, size of the data, the timestamp.
func newAssembler(codec string) (a *Assembler, frames *[]string, losses *int) {
	frames, losses = new([]string), new(int)
	a = &Assembler{Codec: codec, Loss: func() { *losses++ }}
	a.Out = func(f *Frame) {
		key := "-"
		if f.Key {
			key = fmt.Sprintf("K%dx%d", f.Width, f.Height)
		}
		*frames = append(*frames, fmt.Sprintf("%s %d@%d", key, len(f.Data), f.TS))
	}
	return a, frames, losses
}

// vp8 makes the packets of a frame: a descriptor with a 15-bit picture id, then n bytes a packet.
func vp8(ts uint32, key bool, width, packets int) (out []Packet) {
	head := []byte{0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0}
	if key {
		head = []byte{0x10, 0, 0, 0x9D, 0x01, 0x2A, byte(width), byte(width >> 8), 8, 0}
	}
	for i := range packets {
		p := []byte{0x80, 0x80, 0x81, 0x23}
		if i == 0 {
			p[0] |= 0x10
			p = append(p, head...)
		} else {
			p = append(p, make([]byte, 10)...)
		}
		out = append(out, Packet{TS: ts, Payload: p, Marker: i == packets-1})
	}
	return out
}

func TestVP8Frames(t *testing.T) {
	key, delta, next := vp8(100, true, 640, 3), vp8(200, false, 0, 3), vp8(300, false, 0, 1)
	blankKey := vp8(400, true, 8, 1)
	padding := Packet{TS: 50}
	all := func(ps ...[]Packet) (out []Packet) {
		for _, p := range ps {
			out = append(out, p...)
		}
		return out
	}
	for _, c := range []struct {
		name    string
		packets []Packet
		gapAt   int // index of the packet with a gap before it, -1 none
		frames  string
		dropped uint64
		asks    bool
	}{
		{"whole", all([]Packet{padding}, key, delta, next), -1, "[K640x8 30@100 - 30@200 - 10@300]", 0, false},
		{"middle lost", all(key, delta[:1], delta[2:], next), 4, "[K640x8 30@100 - 10@300]", 1, true},
		{"head lost", all(key, delta[1:], next), 3, "[K640x8 30@100 - 10@300]", 1, true},
		{"tail lost", all(key, delta[:2], next), 5, "[K640x8 30@100 - 10@300]", 1, true},
		{"frame between lost", all(key, next), 3, "[K640x8 30@100 - 10@300]", 0, true},
		{"loss before padding", all(key, []Packet{padding}, delta[1:], next), 3, "[K640x8 30@100 - 10@300]", 1, true},
		{"blank picture at the end", all(key, blankKey), -1, "[K640x8 30@100]", 0, false},
	} {
		a, frames, losses := newAssembler(webm.VP8)
		for i := range c.packets {
			a.Packet(&c.packets[i], i == c.gapAt)
		}
		if got := fmt.Sprint(*frames); got != c.frames || a.Dropped != c.dropped || (*losses > 0) != c.asks {
			t.Errorf("%s: %s dropped %d asked %d; want %s %d %v", c.name, got, a.Dropped, *losses, c.frames, c.dropped, c.asks)
		}
	}
}

// Parameter sets as x264 makes them for 1280×720.
const sps720, pps720 = "6764001facd9405005bb011000000300100000030320f1831960", "68ebe3cb22c0"

func TestH264Frames(t *testing.T) {
	sps, _ := hex.DecodeString(sps720)
	pps, _ := hex.DecodeString(pps720)
	stap := append([]byte{24, 0, byte(len(sps))}, sps...)
	stap = append(append(stap, 0, byte(len(pps))), pps...)
	packets := []Packet{
		{TS: 1, Payload: stap},
		{TS: 1, Payload: []byte{0x7C, 0x85, 0x80, 1, 2, 3}}, // FU-A, IDR, first
		{TS: 1, Payload: []byte{0x7C, 0x05, 4, 5}},
		{TS: 1, Payload: []byte{0x7C, 0x45, 6}, Marker: true},
		{TS: 2, Payload: []byte{0x41, 0x80, 9, 9}, Marker: true},
	}
	a, frames, _ := newAssembler(webm.H264)
	for i := range packets {
		a.Packet(&packets[i], false)
	}
	size := 4 + len(sps) + 4 + len(pps) + 4 + 8
	if got, want := fmt.Sprint(*frames), fmt.Sprintf("[K1280x720 %d@1 - 8@2]", size); got != want {
		t.Errorf("%s, want %s", got, want)
	}

	a, frames, losses := newAssembler(webm.H264)
	for i := range packets {
		if i != 2 {
			a.Packet(&packets[i], i == 3)
		}
	}
	if fmt.Sprint(*frames) != "[- 8@2]" || *losses == 0 || a.Dropped != 1 {
		t.Errorf("after a loss: %v, %d asked, %d dropped", *frames, *losses, a.Dropped)
	}
}

func TestHeader(t *testing.T) {
	raw := []byte{0xB1, 0x80 | 96, 0x12, 0x34, 0, 0, 0, 9, 1, 2, 3, 4, // padding, extension, one CSRC
		0, 0, 0, 0, 0xBE, 0xDE, 0, 1, 1, 2, 3, 4, 'a', 'b', 0, 0, 3}
	var p Packet
	if !Parse(raw, &p) || p.Seq != 0x1234 || p.TS != 9 || !p.Marker || string(p.Payload) != "ab" {
		t.Errorf("%+v", p)
	}
	for n := range raw {
		Parse(raw[:n], &p) // must not panic
	}
	if Parse(make([]byte, 40), &p) {
		t.Error("zeros passed as RTP")
	}
}

func FuzzPayloads(f *testing.F) {
	f.Add([]byte{0x7C, 0x85, 1, 2}, true)
	f.Add([]byte{24, 0, 4, 0x67, 1, 2, 3}, true)
	f.Add([]byte{0x90, 0x80, 0x81, 0x23, 0x10, 0, 0, 0x9D, 1, 0x2A, 0, 5, 0xD0, 2}, false)
	f.Fuzz(func(_ *testing.T, payload []byte, h264 bool) {
		codec := webm.VP8
		if h264 {
			codec = webm.H264
		}
		a, _, _ := newAssembler(codec)
		for i := range payload {
			a.Packet(&Packet{TS: uint32(i / 3), Payload: payload[i:], Marker: i%3 == 2}, i%5 == 4)
		}
	})
}
