// Package lane records one subscribed track: packets in, whole clusters of WebM segments out. It never
// touches the disk, so nothing a disk does can hold up the packets.
package lane

import (
	"sync"
	"time"

	"tiepdan.vn/recorder/internal/clock"
	"tiepdan.vn/recorder/internal/track"
	"tiepdan.vn/recorder/internal/webm"
)

// Config is fixed for the life of a lane.
type Config struct {
	Hall, Point, Source string
	Codec               string
	Channels            int
	Rate                int64 // RTP clock rate
	Clock               *clock.Hall
	Longest             time.Duration // of a file
	KeyEvery            time.Duration // ask for a keyframe at least that often
	AskKey              func()        // asks the publisher for a keyframe; must not block
	Buffers             *Buffers
}

// Counters are totals since the lane began.
type Counters struct{ Frames, Lost, Dropped uint64 }

const (
	waitVideo  = 400 * time.Millisecond // for retransmission
	waitSound  = 200 * time.Millisecond
	silence    = 5 * time.Second        // without packets the file is closed
	muteTail   = 500 * time.Millisecond // packets on their way when the mute was announced
	askAgain   = 500 * time.Millisecond
	mostBytes  = 8 << 20 // waiting for a stalled disk; then frames are dropped
	retryWrite = time.Second
	jumpAhead  = 5 * time.Second
	jumpBack   = time.Second
	clockFar   = 2 * time.Second // a report that is further off than this from the arrival is not believed
)

// Lane is safe for concurrent use.
type Lane struct {
	Config

	mu        sync.Mutex
	packet    track.Packet // the one just read, here so that it needs no space of its own
	reorder   track.Reorder
	assembler track.Assembler
	unwrap    clock.Unwrapper
	track     clock.Track
	floor     int64 // smallest arrival − media time in ns: the clock until the first report
	hasFloor  bool

	seg       *Segment
	done      []Chunk
	hold      int // bytes in done
	frames    uint64
	dropped   uint64
	width     int
	height    int
	lastTS    int64
	lastAt    time.Time // arrival of the last frame
	keyAt     time.Time // arrival of the last keyframe
	askedAt   time.Time
	wantKey   bool
	notBefore time.Time // after a write error
	muted     bool
	ended     string
}

// New makes a lane that waits for its first packet.
func New(c Config) *Lane {
	l := &Lane{Config: c}
	l.track = clock.Track{Rate: c.Rate, Hall: c.Clock}
	l.assembler = track.Assembler{Codec: c.Codec, Out: l.frame, Loss: func() { l.wantKey = l.video() }}
	l.reorder = track.Reorder{Wait: waitSound, Out: l.assembler.Packet}
	if l.video() {
		l.reorder.Wait = waitVideo
		l.wantKey = true
	}
	return l
}

func (l *Lane) video() bool { return l.Codec != webm.Opus }

// Push takes in one RTP packet as it came.
func (l *Lane) Push(raw []byte, now time.Time) {
	l.mu.Lock()
	if l.ended == "" && track.Parse(raw, &l.packet) {
		l.packet.Arrival = now
		l.reorder.Push(&l.packet)
	}
	ask := l.askNow(now)
	l.mu.Unlock()
	if ask {
		l.AskKey()
	}
}

// Report takes in a sender report of this track.
func (l *Lane) Report(sent time.Time, rtp uint32, arrival time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.track.Report(arrival, sent, l.unwrap.Near(rtp))
}

// Mute tells that the track was muted or unmuted: a hint only, packets decide.
func (l *Lane) Mute(muted bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.muted = muted
	l.wantKey = l.wantKey || (!muted && l.video())
}

// End closes the lane for good; what it still holds comes with the next Collect.
func (l *Lane) End(cause string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended != "" {
		return
	}
	l.reorder.Flush()
	l.cut(cause)
	l.ended = cause
}

// Fail tells that the disk refused a segment: begin a new one a little later.
func (l *Lane) Fail(s *Segment, lostFrames int, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.dropped += uint64(lostFrames)
	if l.seg == s {
		l.dropped += uint64(s.builder.Frames())
		l.seg = nil
		l.wantKey = l.video()
	}
	l.notBefore = now.Add(retryWrite)
}

// Counters returns the totals and the present picture size.
func (l *Lane) Counters() (c Counters, width, height int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return Counters{l.frames, l.reorder.Lost, l.dropped + l.assembler.Dropped}, l.width, l.height
}

// Live tells whether frames came within d.
func (l *Lane) Live(now time.Time, d time.Duration) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return !l.lastAt.IsZero() && now.Sub(l.lastAt) < d && !l.muted
}

// Collect appends what is ready for the disk and tells whether the lane is at its end.
func (l *Lane) Collect(now time.Time, out []Chunk) (chunks []Chunk, ended bool) {
	l.mu.Lock()
	l.reorder.Expire(now)
	if l.seg != nil {
		idle := now.Sub(l.lastAt)
		switch {
		case l.muted && idle > muteTail:
			l.cut(CauseMuted)
		case idle > silence:
			l.cut(CauseSilent)
		}
	}
	out = append(out, l.done...)
	clear(l.done)
	l.done, l.hold = l.done[:0], 0
	if s := l.seg; s != nil && s.builder.Len() > 0 {
		buf, marks := l.Buffers.get()
		out = append(out, s.chunk(l.wall(s.ts0), buf, marks))
	}
	if l.video() && l.seg != nil && now.Sub(l.keyAt) >= l.KeyEvery {
		l.wantKey = true
	}
	ask := l.askNow(now)
	ended = l.ended != ""
	l.mu.Unlock()
	if ask {
		l.AskKey()
	}
	return out, ended
}

// askNow tells whether to ask for a keyframe now; not more often than the server passes on.
func (l *Lane) askNow(now time.Time) bool {
	if !l.wantKey || l.muted || l.ended != "" || now.Sub(l.askedAt) < askAgain {
		return false
	}
	l.askedAt = now
	return true
}
