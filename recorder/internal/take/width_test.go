package take

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tiepdan.vn/recorder/internal/clock"
	"tiepdan.vn/recorder/internal/lane"
	"tiepdan.vn/recorder/internal/webm"
)

func TestANarrowPictureIsToldOnceAfterTenSeconds(t *testing.T) {
	s := newStudio(t, filepath.Join(t.TempDir(), "t1"))
	camera := lane.New(lane.Config{
		Hall: "p7", Point: "xa-thanh-loc", Source: "camera", Codec: webm.VP8, Rate: 90000, Clock: &clock.Hall{},
		Longest: time.Minute, KeyEvery: 3 * time.Second, AskKey: func() {}, Buffers: &s.Buffers,
	})
	s.Expect("p7", "camera", 1280)
	s.Add(camera)
	film := func(seconds, width int) {
		for range seconds * 4 {
			raw := []byte{0x80, 0x80, byte(s.seq >> 8), byte(s.seq), byte(s.tick >> 24), byte(s.tick >> 16), byte(s.tick >> 8), byte(s.tick), 0, 0, 0, 1,
				0x10, 0x10, 0, 0, 0x9D, 1, 0x2A, byte(width), byte(width >> 8), 0xB4, 0}
			camera.Push(raw, s.now)
			s.seq, s.tick, s.now = s.seq+1, s.tick+22500, s.now.Add(250*time.Millisecond)
			s.flush(s.now)
		}
	}
	count := func() (n int) {
		for _, note := range s.Status().Notes {
			if note.Kind == "width" && strings.Contains(note.Text, "rộng 320") {
				n++
			}
		}
		return n
	}
	film(20, 1280)
	film(9, 320)
	if n := count(); n != 0 {
		t.Errorf("told after 9 s, %d times", n)
	}
	film(20, 320)
	if n := count(); n != 1 {
		t.Errorf("told %d times", n)
	}
	film(5, 1280)
	film(15, 320)
	if n := count(); n != 2 {
		t.Errorf("second time: told %d times", n)
	}
	s.must(s.Finish(true))
	if tr := s.Status(); tr.Files != 4 {
		t.Errorf("%d files for four sizes", tr.Files)
	}
}
