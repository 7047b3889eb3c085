// Package take keeps the folder of one take: files of clusters, journal, index and ledger. Lanes fill
// memory, one flusher writes, one syncer waits for the disk and fills the ledger; neither holds a lock
// that packets need. The format is described in docs/recording-format.md.
package take

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"tiepdan.vn/recorder/internal/lane"
)

// Policy is what the web wants of a recording.
type Policy struct {
	SegmentSeconds  float64 `json:"segment_seconds"`
	FlushMS         int     `json:"flush_ms"`
	FsyncMS         int     `json:"fsync_ms"`
	KeyframeSeconds float64 `json:"keyframe_seconds"`
}

// Filled replaces what is missing or senseless.
func (p Policy) Filled() Policy {
	if p.SegmentSeconds < 5 {
		p.SegmentSeconds = 60
	}
	if p.FlushMS < 20 {
		p.FlushMS = 250
	}
	if p.FsyncMS < 100 {
		p.FsyncMS = 1000
	}
	if p.KeyframeSeconds < 1 {
		p.KeyframeSeconds = 3
	}
	return p
}

// Config says which take this is.
type Config struct {
	ID, Reception  string
	Dir            string // absolute folder of the take
	Recorder, Boot string
	Version        string
	Policy         Policy
}

// Note is one thing that the web should know; it is sent until it is answered.
type Note struct {
	At     string `json:"at"`
	Kind   string `json:"kind"`
	Hall   string `json:"hall"`
	Source string `json:"source"`
	Text   string `json:"text"`
}

// ErrExists tells that the folder holds a take of an earlier process: it can be recovered, not continued.
var ErrExists = errors.New("the folder of the take exists already")

// Take is one running take.
type Take struct {
	Config
	Buffers lane.Buffers

	journal, index *lines
	ledger         *ledger

	// the flusher's own
	flushing sync.Mutex
	dirs     map[string]bool
	fileID   int
	line     clusterLine
	chunks   []lane.Chunk

	mu       sync.Mutex
	lanes    []*lane.Lane
	channels map[channelKey]*channel
	open     map[*file]bool
	ended    []*file
	touched  map[string]bool // folders with new names in them
	notes    []Note
	bytes    int64
	meter    meter
	files    int
	head     Head
	failure  string
	failed   time.Time

	syncing sync.Mutex
	sealed  bool
	stop    chan struct{}
	stopped sync.WaitGroup
}

// New makes the folder of a new take and starts to keep it.
func New(c Config) (*Take, error) {
	c.Policy = c.Policy.Filled()
	if _, err := os.Stat(filepath.Join(c.Dir, "journal.jsonl")); err == nil {
		return nil, ErrExists
	}
	if err := os.MkdirAll(c.Dir, 0o750); err != nil {
		return nil, err
	}
	t := &Take{
		Config: c, dirs: map[string]bool{}, channels: map[channelKey]*channel{}, open: map[*file]bool{},
		touched: map[string]bool{c.Dir: true, filepath.Dir(c.Dir): true}, head: Head{Head: noLine},
		stop: make(chan struct{}),
	}
	if err := t.openLogs(Head{Head: noLine}); err != nil {
		return nil, err
	}
	t.Journal("take", "take", c.ID, "reception", c.Reception, "recorder", c.Recorder, "boot", c.Boot,
		"version", c.Version, "policy", c.Policy)
	t.stopped.Go(func() { t.every(c.Policy.FlushMS, t.flush) })
	t.stopped.Go(func() { t.every(c.Policy.FsyncMS, func(time.Time) { t.sync() }) })
	return t, nil
}

func (t *Take) openLogs(head Head) error {
	for name, to := range map[string]**lines{"journal": &t.journal, "index": &t.index} {
		l, err := openLines(filepath.Join(t.Dir, name+".jsonl"))
		if err != nil {
			return err
		}
		*to = l
	}
	l, err := openLines(filepath.Join(t.Dir, "ledger.jsonl"))
	t.ledger = &ledger{lines: l, last: head, shown: head}
	return err
}

func (t *Take) every(ms int, do func(now time.Time)) {
	tick := time.NewTicker(time.Duration(ms) * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case now := <-tick.C:
			do(now)
		case <-t.stop:
			return
		}
	}
}

// Journal adds one line to journal.jsonl; pairs are names and values.
func (t *Take) Journal(kind string, pairs ...any) {
	line := []byte(`{"at":"` + ISO(time.Now()) + `","kind":"` + kind + `"`)
	for i := 0; i+1 < len(pairs); i += 2 {
		value, err := json.Marshal(pairs[i+1])
		if err != nil {
			value = []byte(`"?"`)
		}
		line = append(line, fmt.Sprintf(",%q:", pairs[i])...)
		line = append(line, value...)
	}
	t.journal.add(append(line, '}', '\n'))
}

// Note journals something and tells the web.
func (t *Take) Note(kind, hall, source, text string) {
	t.Journal("note", "note", kind, "hall", hall, "source", source, "text", text)
	slog.Info("note", "take", t.ID, "kind", kind, "hall", hall, "source", source, "text", text)
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.notes) >= mostNotes {
		t.notes = t.notes[1:]
	}
	t.notes = append(t.notes, Note{ISO(time.Now()), kind, hall, source, text})
}

const (
	mostNotes = 500             // kept while the web is away
	steady    = 2 * time.Second // without an error until the disk counts as working again
)

// Add lets a lane be written from now on, until it ends.
func (t *Take) Add(l *lane.Lane) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.lanes = append(t.lanes, l)
	t.channel(l.Hall, l.Source).lane = l
}

func (t *Take) touch(dirs ...string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, d := range dirs {
		t.touched[d] = true
	}
}

// trouble remembers an error of the disk; the take counts as failed until something is written again.
func (t *Take) trouble(err error) {
	text := "Không ghi được vào đĩa: " + plain(err)
	t.mu.Lock()
	fresh := t.failure == ""
	t.failure, t.failed = text, time.Now()
	t.mu.Unlock()
	if fresh {
		slog.Error("the disk refused", "take", t.ID, "error", err)
		t.Note("error", "", "", text)
	}
}

// plain tells what is wrong without the path, for people.
func plain(err error) string {
	var path *os.PathError
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return "đĩa đã đầy"
	case errors.Is(err, syscall.EIO):
		return "đĩa hỏng (lỗi đọc, ghi)"
	case errors.As(err, &path):
		return path.Err.Error()
	}
	return err.Error()
}

// works tells that the disk takes data again.
func (t *Take) works() {
	t.mu.Lock()
	was := ""
	if time.Since(t.failed) > steady {
		was, t.failure = t.failure, ""
	}
	t.mu.Unlock()
	if was != "" {
		t.Journal("works", "after", was)
	}
}

// Finish ends all lanes, writes what is left and, when seal is set, seals the ledger. It is called once
// nothing feeds the lanes any more; it may be called again after an error.
func (t *Take) Finish(seal bool) error {
	t.mu.Lock()
	lanes := append([]*lane.Lane(nil), t.lanes...)
	t.mu.Unlock()
	for _, l := range lanes {
		l.End(lane.CauseClosing)
	}
	select {
	case <-t.stop:
	default:
		close(t.stop)
	}
	t.stopped.Wait()
	t.flush(time.Now())
	if err := t.sync(); err != nil {
		return err
	}
	if !seal {
		t.Journal("stop")
		return errors.Join(t.journal.close(), t.index.close(), t.ledger.close())
	}
	if !t.sealed {
		t.Journal("closed")
	}
	return t.seal()
}

func (t *Take) seal() error {
	if err := errors.Join(t.journal.sync(), t.index.sync()); err != nil {
		return err
	}
	journal, _, err := hashFile(t.journal.file.Name())
	if err != nil {
		return err
	}
	index, _, err := hashFile(t.index.file.Name())
	if err != nil {
		return err
	}
	if !t.sealed { // not again when only the disk refused it
		t.sealed = true
		t.ledger.seal(Seal{Closed: ISO(time.Now()), IndexSHA256: index, JournalSHA256: journal})
	}
	err = t.ledger.sync()
	t.mu.Lock()
	t.head = t.ledger.shown
	t.mu.Unlock()
	return errors.Join(err, t.journal.close(), t.index.close(), t.ledger.close(), syncDir(t.Dir))
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
