package load

import (
	"slices"
	"testing"
	"time"
)

func TestFramesKeepTheirTimeFarFromTheEpoch(t *testing.T) {
	for _, clip := range []*Clip{{Rate: 30, Scale: 1}, {Rate: 30000, Scale: 1001}, {Rate: 15, Scale: 1}} {
		now := time.UnixMilli(1795332600123).Sub(time.Unix(0, 0))
		n := clip.frameAt(now)
		if clip.at(n) > now || clip.at(n+1) <= now {
			t.Errorf("%+v: frame %d is due at %v, the next at %v, now %v", clip, n, clip.at(n), clip.at(n+1), now)
		}
		step := time.Duration(clip.Scale) * time.Second / time.Duration(clip.Rate)
		if gap := clip.at(n+1) - clip.at(n); gap < step-1 || gap > step+1 {
			t.Errorf("%+v: a step of %v, not %v", clip, gap, step)
		}
	}
}

func TestShiftsSpreadOverOneGroup(t *testing.T) {
	clip := &Clip{Rate: 30, Scale: 1, Group: 60}
	var shifts []time.Duration
	for i := range 4 {
		shifts = append(shifts, clip.shift(i, 4))
	}
	want := []time.Duration{0, 500 * time.Millisecond, time.Second, 1500 * time.Millisecond}
	if !slices.Equal(shifts, want) {
		t.Fatalf("%v", shifts)
	}
}
