// Package clock turns RTP timestamps into UTC wall time with the help of sender reports.
//
// A sender report pairs an RTP timestamp with the *publisher's* clock, which may be wrong by hours.
// Per hall the offset of that clock is the smallest (arrival − report time) seen lately: the report that
// waited least on its way. Camera and microphone of one hall share the offset and so stay together.
package clock

import (
	"sync"
	"time"
)

// Window is how long a report counts for the offset: long enough to meet an undelayed one, short
// enough to follow a drifting or corrected publisher clock.
const Window = 2 * time.Minute

// NTP converts the 64-bit NTP time of a sender report.
func NTP(v uint64) time.Time {
	const to1970 = 2208988800
	sec := int64(v>>32) - to1970
	nano := (int64(v&0xFFFFFFFF)*1_000_000_000 + 1<<31) >> 32
	return time.Unix(sec, nano)
}

// Hall is the clock of one connection of one hall.
type Hall struct {
	mu      sync.Mutex
	offsets []sample // increasing offsets: a monotonic queue, the smallest first
}

type sample struct {
	at     time.Time
	offset time.Duration
}

// Report takes in one sender report's time and its arrival.
func (h *Hall) Report(arrival, sent time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	s := sample{arrival, arrival.Sub(sent)}
	for len(h.offsets) > 0 && h.offsets[len(h.offsets)-1].offset >= s.offset {
		h.offsets = h.offsets[:len(h.offsets)-1]
	}
	h.offsets = append(h.offsets, s)
	for arrival.Sub(h.offsets[0].at) > Window {
		h.offsets = h.offsets[1:]
	}
}

// Offset is what to add to the publisher's clock to get ours.
func (h *Hall) Offset() (time.Duration, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.offsets) == 0 {
		return 0, false
	}
	return h.offsets[0].offset, true
}

// Track maps one track's RTP timeline (unwrapped) to wall time. Not safe for concurrent use.
type Track struct {
	Rate int64 // RTP clock rate
	Hall *Hall

	sent time.Time
	rtp  int64
	has  bool
}

// Report takes in one sender report of this track.
func (t *Track) Report(arrival, sent time.Time, rtp int64) {
	t.Hall.Report(arrival, sent)
	t.sent, t.rtp, t.has = sent, rtp, true
}

// Forget drops the last report: after a pause the server may have moved the timeline.
func (t *Track) Forget() { t.has = false }

// Wall is the wall time of an RTP timestamp; false before the first report.
func (t *Track) Wall(rtp int64) (time.Time, bool) {
	if !t.has {
		return time.Time{}, false
	}
	offset, _ := t.Hall.Offset()
	return t.sent.Add(offset + t.Span(rtp-t.rtp)), true
}

// Span is the length of a number of RTP ticks.
func (t *Track) Span(ticks int64) time.Duration {
	return time.Duration(ticks/t.Rate)*time.Second +
		time.Duration(ticks%t.Rate*int64(time.Second)/t.Rate)
}

// Unwrapper makes 32-bit RTP timestamps count on without wrapping, in either direction.
type Unwrapper struct {
	last    int64
	started bool
}

// Next returns ts as a 64-bit timestamp next to the one before, and remembers it.
func (u *Unwrapper) Next(ts uint32) int64 {
	u.last, u.started = u.Near(ts), true
	return u.last
}

// Near is Next without remembering.
func (u *Unwrapper) Near(ts uint32) int64 {
	if !u.started {
		return int64(ts) + 1<<32 // room to step backwards
	}
	return u.last + int64(int32(ts-uint32(u.last)))
}
