package take

import (
	"fmt"
	"sort"
	"strings"
	"time"

	"tiepdan.vn/recorder/internal/lane"
)

// Track is the beat's line about one hall's picture or sound.
type Track struct {
	Hall         string `json:"hall"`
	Source       string `json:"source"`
	File         string `json:"file"`
	Bytes        int64  `json:"bytes"`
	Frames       uint64 `json:"frames"`
	GrowingSince string `json:"growing_since"`
	WrittenAt    string `json:"written_at"`
	Lost         uint64 `json:"lost"`
	Dropped      uint64 `json:"dropped"`
	Width        int    `json:"width"`
	Height       int    `json:"height"`
}

// Status is the beat's part about one take, without its state.
type Status struct {
	Bytes   int64
	Rate    int64
	Ledger  Head
	Files   int
	Tracks  []Track
	Notes   []Note
	Failure string
}

type channelKey struct{ hall, source string }

// channel is one hall's picture or sound over the whole take: many lanes one after another.
type channel struct {
	lane          *lane.Lane
	current       *file
	name          string
	bytes         int64
	growing       time.Time
	written       time.Time
	past          lane.Counters // of lanes that ended
	width, height int
	endCause      string
	endWall       time.Time
	noted         lane.Counters
	notedAt       time.Time
	narrowSince   time.Time
	narrowNoted   bool
	expected      int
}

const (
	hole      = 2 * time.Second // growth with a longer hole begins anew
	gapNoted  = time.Second     // shorter gaps stand in the journal only
	narrowFor = 10 * time.Second
	notePause = 5 * time.Second // between notes of loss of one track
)

func (t *Take) channel(hall, source string) *channel {
	key := channelKey{hall, source}
	ch := t.channels[key]
	if ch == nil {
		ch = &channel{}
		t.channels[key] = ch
	}
	return ch
}

// Expect tells how wide a hall's picture should be; 0: unknown.
func (t *Take) Expect(hall, source string, width int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.channel(hall, source).expected = width
}

func (t *Take) wrote(f *file, c *lane.Chunk, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := int64(len(c.Data))
	t.bytes += n
	ch := t.channel(f.opened.Hall, f.opened.Source)
	ch.current, ch.name = f, f.opened.File
	ch.bytes += n
	if now.Sub(ch.written) > hole {
		ch.growing = now
	}
	ch.written = now
}

// closeGap names the hole between the last file of a channel and the one just begun.
func (t *Take) closeGap(f *file) {
	t.mu.Lock()
	ch := t.channel(f.opened.Hall, f.opened.Source)
	cause, from := ch.endCause, ch.endWall
	t.mu.Unlock()
	length := f.wall.Sub(from)
	if cause == "" || length < 100*time.Millisecond {
		return
	}
	t.Journal("gap", "hall", f.opened.Hall, "source", f.opened.Source, "from", ISO(from), "to", ISO(f.wall), "cause", cause)
	if length < gapNoted || cause == lane.CauseMuted || cause == lane.CauseUnpublished {
		return
	}
	t.Note("gap", f.opened.Hall, f.opened.Source, fmt.Sprintf("Trống %s giây, từ %s đến %s (%s)",
		Seconds(length), ISO(from), ISO(f.wall), causeWords[cause]))
}

var causeWords = map[string]string{
	lane.CauseConnection: "mất kết nối với máy chủ phòng họp",
	lane.CauseSilent:     "không nhận được dữ liệu",
	lane.CauseWrite:      "không ghi được vào đĩa",
	lane.CauseJump:       "luồng bị ngắt quãng",
	lane.CauseSize:       "đổi cỡ hình",
	lane.CauseFull:       "chuyển tệp",
}

// Seconds spells a length the Vietnamese way.
func Seconds(d time.Duration) string {
	return strings.Replace(fmt.Sprintf("%.1f", d.Seconds()), ".", ",", 1)
}

// watch compares a lane's counters and picture size with what they should be.
func (t *Take) watch(l *lane.Lane, now time.Time, ended bool) {
	c, width, height := l.Counters()
	type alarm struct{ kind, text string }
	var alarms []alarm
	t.mu.Lock()
	ch := t.channel(l.Hall, l.Source)
	if width > 0 {
		ch.width, ch.height = width, height
	}
	total := lane.Counters{Frames: ch.past.Frames + c.Frames, Lost: ch.past.Lost + c.Lost, Dropped: ch.past.Dropped + c.Dropped}
	if total.Lost > ch.noted.Lost && now.Sub(ch.notedAt) > notePause {
		alarms = append(alarms, alarm{"lost", fmt.Sprintf("Mất %d gói dữ liệu, bỏ %d khung hình", total.Lost-ch.noted.Lost, total.Dropped-min(total.Dropped, ch.noted.Dropped))})
		ch.noted, ch.notedAt = total, now
	}
	if ended {
		ch.past = total
		if ch.lane == l {
			ch.lane = nil
		}
	}
	expected := ch.expected
	narrow := !ended && width > 0 && width < expected
	t.mu.Unlock()

	if narrow = narrow && l.Live(now, hole); !narrow { // ch's narrow fields are the flusher's own
		if ch.narrowNoted {
			t.Journal("width", "hall", l.Hall, "source", l.Source, "width", width)
		}
		ch.narrowSince, ch.narrowNoted = time.Time{}, false
	} else if ch.narrowSince.IsZero() {
		ch.narrowSince = now
	} else if !ch.narrowNoted && now.Sub(ch.narrowSince) > narrowFor {
		ch.narrowNoted = true
		alarms = append(alarms, alarm{"width", fmt.Sprintf("Hình chỉ rộng %d điểm ảnh, đáng lẽ %d", width, expected)})
	}
	for _, a := range alarms {
		t.Note(a.kind, l.Hall, l.Source, a.text)
	}
}

// Status tells how the take stands. Notes stay until Answered.
func (t *Take) Status() Status {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := Status{
		Bytes: t.bytes, Rate: t.meter.rate(), Ledger: t.head, Files: t.files, Failure: t.failure,
		Notes: append([]Note{}, t.notes...), Tracks: []Track{},
	}
	for key, ch := range t.channels {
		if ch.written.IsZero() || (ch.lane == nil && ch.current == nil) {
			continue
		}
		c := ch.past
		if ch.lane != nil {
			now, _, _ := ch.lane.Counters()
			c.Frames, c.Lost, c.Dropped = c.Frames+now.Frames, c.Lost+now.Lost, c.Dropped+now.Dropped
		}
		s.Tracks = append(s.Tracks, Track{
			Hall: key.hall, Source: key.source, File: ch.name, Bytes: ch.bytes, Frames: c.Frames,
			GrowingSince: ISO(ch.growing), WrittenAt: ISO(ch.written),
			Lost: c.Lost, Dropped: c.Dropped, Width: ch.width, Height: ch.height,
		})
	}
	sort.Slice(s.Tracks, func(i, j int) bool {
		a, b := s.Tracks[i], s.Tracks[j]
		return a.Hall < b.Hall || a.Hall == b.Hall && a.Source < b.Source
	})
	return s
}

// Answered drops notes that the web has.
func (t *Take) Answered(sent []Note) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for len(sent) > 0 && len(t.notes) > 0 {
		if t.notes[0] == sent[0] {
			t.notes = t.notes[1:]
		}
		sent = sent[1:]
	}
}

// meter measures bytes per second over the last few seconds.
type meter struct {
	points [32]point
	n      int
}

type point struct {
	at    time.Time
	bytes int64
}

func (m *meter) add(now time.Time, bytes int64) {
	m.points[m.n%len(m.points)] = point{now, bytes}
	m.n++
}

func (m *meter) rate() int64 {
	if m.n < 2 {
		return 0
	}
	newest := m.points[(m.n-1)%len(m.points)]
	oldest := m.points[0]
	if m.n > len(m.points) {
		oldest = m.points[m.n%len(m.points)]
	}
	d := newest.at.Sub(oldest.at).Seconds()
	if d <= 0 {
		return 0
	}
	return int64(float64(newest.bytes-oldest.bytes) / d)
}
