package clock

import (
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func TestNTP(t *testing.T) {
	at := time.Date(2026, 11, 22, 12, 0, 0, 250_000_000, time.UTC)
	ntp := uint64(at.Unix()+2208988800)<<32 | 1<<30
	if got := NTP(ntp); !got.Equal(at) {
		t.Errorf("%v, want %v", got, at)
	}
}

// A publisher whose clock is 3 hours wrong: reports on their way for 40, 5 and 90 ms.
func TestWallTimeFromReports(t *testing.T) {
	hall := &Hall{}
	picture, sound := Track{Rate: 90000, Hall: hall}, Track{Rate: 48000, Hall: hall}
	if _, ok := picture.Wall(0); ok {
		t.Error("a wall time before any report")
	}
	wrong := 3 * time.Hour
	for i, delay := range []time.Duration{40 * time.Millisecond, 5 * time.Millisecond, 90 * time.Millisecond} {
		real := noon.Add(time.Duration(i) * 5 * time.Second)
		picture.Report(real.Add(delay), real.Add(wrong), 900_000+int64(i)*450_000)
		sound.Report(real.Add(delay), real.Add(wrong), 480_000+int64(i)*240_000)
	}
	want := noon.Add(-10*time.Second + 5*time.Millisecond) // the least delay stays in: nobody can know it
	if got, _ := picture.Wall(0); !got.Equal(want) {
		t.Errorf("picture %v, want %v", got, want)
	}
	if got, _ := sound.Wall(0); !got.Equal(want) {
		t.Errorf("sound %v, want %v", got, want)
	}
	picture.Forget()
	if _, ok := picture.Wall(0); ok {
		t.Error("not forgotten")
	}
}

func TestOffsetFollowsADriftingClock(t *testing.T) {
	hall := &Hall{}
	for i := range 3600 { // the publisher loses a millisecond each second
		real := noon.Add(time.Duration(i) * time.Second)
		hall.Report(real, real.Add(-time.Duration(i)*time.Millisecond))
	}
	offset, _ := hall.Offset()
	if want := 3599*time.Millisecond - Window/1000; offset < want || offset > 3599*time.Millisecond {
		t.Errorf("offset %v, want at least %v", offset, want)
	}
	if len(hall.offsets) > int(Window/time.Second)+1 {
		t.Errorf("%d samples kept", len(hall.offsets))
	}
}

func TestUnwrap(t *testing.T) {
	var u Unwrapper
	first := u.Next(0xFFFFFF00)
	for _, c := range []struct {
		ts   uint32
		want int64
	}{{0xFFFFFFFF, 255}, {5, 261}, {0xFFFFFFFF, 255}, {0x7FFFFFF0, 0x800000F0}} {
		if got := u.Next(c.ts) - first; got != c.want {
			t.Errorf("%x: %d, want %d", c.ts, got, c.want)
		}
	}
}

func TestSpanIsExactOverHours(t *testing.T) {
	track := Track{Rate: 90000}
	if got := track.Span(90000*3600*24 + 9); got != 24*time.Hour+100*time.Microsecond {
		t.Error(got)
	}
	if got := track.Span(-45); got != -500*time.Microsecond {
		t.Error(got)
	}
}
