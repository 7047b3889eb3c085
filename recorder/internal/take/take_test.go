package take

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tiepdan.vn/recorder/internal/clock"
	"tiepdan.vn/recorder/internal/lane"
	"tiepdan.vn/recorder/internal/webm"
)

var start = time.Date(2026, 11, 22, 7, 30, 0, 123_000_000, time.UTC)

// hour keeps the tickers out of the way: the tests flush and sync by hand, in a time of their own.
const hour = 3_600_000

// studio is a take with one microphone that speaks when told.
type studio struct {
	*Take
	t    *testing.T
	mic  *lane.Lane
	now  time.Time
	seq  uint16
	tick uint32
}

func newStudio(t *testing.T, dir string) *studio {
	t.Helper()
	tk, err := New(Config{
		ID: "t1", Reception: "BT-2026-012", Dir: dir, Recorder: "may-ghi-1", Boot: "b1", Version: "test",
		Policy: Policy{SegmentSeconds: 5, FlushMS: hour, FsyncMS: hour},
	})
	if err != nil {
		t.Fatal(err)
	}
	s := &studio{Take: tk, t: t, now: start}
	s.newMic()
	return s
}

func (s *studio) newMic() {
	s.mic = lane.New(lane.Config{
		Hall: "p7", Point: "xa-thanh-loc", Source: "microphone", Codec: webm.Opus, Channels: 1, Rate: 48000,
		Clock: &clock.Hall{}, Longest: 5 * time.Second, KeyEvery: 3 * time.Second, AskKey: func() {}, Buffers: &s.Buffers,
	})
	s.Add(s.mic)
}

// speak sends seconds of sound and flushes four times a second.
func (s *studio) speak(seconds float64) {
	for i := range int(seconds * 50) {
		raw := binary.BigEndian.AppendUint16([]byte{0x80, 0x80}, s.seq)
		raw = binary.BigEndian.AppendUint32(raw, s.tick)
		s.mic.Push(append(raw, 0, 0, 0, 1, 0x78, byte(i), 2, 3), s.now)
		s.seq, s.tick, s.now = s.seq+1, s.tick+960, s.now.Add(20*time.Millisecond)
		if i%12 == 11 {
			s.flush(s.now)
		}
	}
	s.flush(s.now)
}

func (s *studio) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// indexOf reads an index and checks that each entry covers whole clusters of its file.
func indexOf(t *testing.T, dir string) (opened map[string]Opened, closed map[string]Closed, covered map[string]int64) {
	t.Helper()
	opened, closed, covered = map[string]Opened{}, map[string]Closed{}, map[string]int64{}
	for line := range strings.Lines(read(t, dir+"/index.jsonl")) {
		var l struct {
			Open     *Opened
			Clusters map[string][][4]int64
			Close    *Closed
		}
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatalf("%v in %q", err, line)
		}
		if l.Open != nil {
			id := fmt.Sprint(l.Open.ID)
			opened[id], covered[id] = *l.Open, l.Open.Header
		}
		for id, entries := range l.Clusters {
			data := read(t, filepath.Join(dir, opened[id].File))
			for _, e := range entries {
				if e[0] != covered[id] || data[e[0]:e[0]+4] != "\x1F\x43\xB6\x75" || e[3] != 1 {
					t.Errorf("file %s: entry %v, expected a cluster at %d", id, e, covered[id])
				}
				covered[id] = e[0] + e[1]
			}
		}
		if l.Close != nil {
			closed[fmt.Sprint(l.Close.ID)] = *l.Close
		}
	}
	return opened, closed, covered
}

func TestATakeFromBeginningToSeal(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "BT-2026-012", "t1")
	s := newStudio(t, dir)
	s.speak(7)
	s.must(s.sync())
	status := s.Status()
	if status.Files != 1 || status.Ledger.Lines != 1 || len(status.Tracks) != 1 || status.Tracks[0].Frames != 350 {
		t.Errorf("status %+v", status)
	}
	if tr := status.Tracks[0]; tr.GrowingSince != ISO(start.Add(240*time.Millisecond)) || tr.WrittenAt != ISO(s.now) {
		t.Errorf("growing since %s, written at %s", tr.GrowingSince, tr.WrittenAt)
	}
	if head := hashOf([]byte(strings.TrimSpace(read(t, dir+"/ledger.jsonl")))); head != status.Ledger.Head {
		t.Errorf("head %s, the line hashes to %s", status.Ledger.Head, head)
	}
	s.must(s.Finish(true))

	chain, err := VerifyLedger(dir)
	if err != nil || !chain.Sealed || len(chain.Files) != 2 {
		t.Fatalf("%+v, %v", chain, err)
	}
	name := "xa-thanh-loc/microphone/20261122T073000.123Z.webm"
	if e := chain.Files[name]; e.From != "2026-11-22T07:30:00.123Z" || e.To != "2026-11-22T07:30:05.123Z" {
		t.Errorf("entry %+v of %v", e, chain.Files)
	}
	opened, closed, covered := indexOf(t, dir)
	for id, o := range opened {
		if covered[id] != closed[id].Bytes || closed[id].Bytes != chain.Files[o.File].Bytes {
			t.Errorf("%s: %d bytes indexed, %d closed, %d in the ledger", o.File, covered[id], closed[id].Bytes, chain.Files[o.File].Bytes)
		}
	}
	if len(opened) != 2 || opened["1"].Wall != Unix(start) || closed["1"].Duration != 5 || closed["2"].Duration != 2 {
		t.Errorf("index %v %v", opened, closed)
	}
}

func TestTamperingIsFound(t *testing.T) {
	base := filepath.Join(t.TempDir(), "t1")
	s := newStudio(t, base)
	s.speak(12)
	s.must(s.Finish(true))
	file := "xa-thanh-loc/microphone/20261122T073005.123Z.webm"
	replace := func(dir, name, from, to string) {
		path := filepath.Join(dir, name)
		changed := strings.Replace(read(t, path), from, to, 1)
		s.must(os.WriteFile(path, []byte(changed), 0o600))
	}
	for what, tamper := range map[string]func(dir string){
		"a byte of a file": func(dir string) { replace(dir, file, "\x78\x01\x02", "\x78\x01\x09") },
		"a file cut":       func(dir string) { s.must(os.Truncate(filepath.Join(dir, file), 3000)) },
		"a file removed":   func(dir string) { s.must(os.Remove(filepath.Join(dir, file))) },
		"a time in a line": func(dir string) { replace(dir, "ledger.jsonl", "07:30:05", "07:30:06") },
		"a line removed": func(dir string) {
			l := read(t, dir+"/ledger.jsonl")
			replace(dir, "ledger.jsonl", l[:strings.Index(l, "\n")+1], "")
		},
		"the seal's count": func(dir string) { replace(dir, "ledger.jsonl", `"files":3`, `"files":2`) },
		"a line after a seal": func(dir string) {
			l := read(t, dir+"/ledger.jsonl")
			replace(dir, "ledger.jsonl", l, l+`{"n":5,"file":"x"}`+"\n")
		},
	} {
		dir := filepath.Join(t.TempDir(), "copy")
		s.must(os.CopyFS(dir, os.DirFS(base)))
		if _, err := VerifyLedger(dir); err != nil {
			t.Fatal(err)
		}
		tamper(dir)
		if _, err := VerifyLedger(dir); err == nil {
			t.Errorf("%s: not found", what)
		}
	}
}

// torn copies a running take as a killed process leaves it.
func torn(t *testing.T, s *studio) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "torn")
	s.must(os.CopyFS(dir, os.DirFS(s.Dir)))
	return dir
}

func TestRecoveryOfAKilledProcess(t *testing.T) {
	s := newStudio(t, filepath.Join(t.TempDir(), "t1"))
	s.speak(7)
	s.must(s.sync())
	s.speak(0.8) // written, but neither synced nor fully indexed
	dir := torn(t, s)
	open := filepath.Join(dir, "xa-thanh-loc/microphone/20261122T073005.123Z.webm")
	whole := len(read(t, open))
	for path, tail := range map[string]string{
		open:                   "\x1F\x43\xB6\x75\x10\x00\x10\x00half a cluster",
		dir + "/index.jsonl":   `{"clusters":{"2":[[1,2`,
		dir + "/journal.jsonl": `{"at":"2026`,
		dir + "/ledger.jsonl":  `{"n":2,"fi`,
	} {
		s.must(os.WriteFile(path, []byte(read(t, path)+tail), 0o600))
	}
	s.must(os.WriteFile(filepath.Join(dir, "xa-thanh-loc/microphone/20261122T073009.000Z.webm"), nil, 0o600))

	status, err := Recover(Config{ID: "t1", Dir: dir, Recorder: "may-ghi-1", Boot: "b2", Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	chain, err := VerifyLedger(dir)
	if err != nil || !chain.Sealed || len(chain.Files) != 2 || status.Files != 2 || status.Ledger != chain.Head {
		t.Fatalf("%+v, status %+v, %v", chain, status, err)
	}
	if got := len(read(t, open)); got != whole {
		t.Errorf("%d bytes kept of %d whole ones", got, whole)
	}
	_, closed, covered := indexOf(t, dir)
	if covered["2"] != int64(whole) || closed["2"].Bytes != int64(whole) || closed["2"].Duration != 2.8 {
		t.Errorf("index covers %d of %d, closed %+v", covered["2"], whole, closed["2"])
	}
	if journal := read(t, dir+"/journal.jsonl"); !strings.Contains(journal, `"kind":"recovery"`) || !strings.Contains(journal, `"kind":"cut"`) {
		t.Error(journal)
	}

	before := read(t, dir+"/ledger.jsonl")
	if again, err := Recover(Config{ID: "t1", Dir: dir}); err != nil || again.Ledger != status.Ledger || read(t, dir+"/ledger.jsonl") != before {
		t.Errorf("a sealed take was changed: %v", err)
	}
}

func TestRecoveryWithoutIndexAndLedger(t *testing.T) {
	s := newStudio(t, filepath.Join(t.TempDir(), "t1"))
	s.speak(7)
	dir := torn(t, s)
	s.must(os.Remove(dir + "/index.jsonl"))
	s.must(os.Remove(dir + "/ledger.jsonl"))
	if _, err := Recover(Config{ID: "t1", Dir: dir}); err != nil {
		t.Fatal(err)
	}
	if _, err := VerifyLedger(dir); err != nil {
		t.Error(err)
	}
	opened, closed, _ := indexOf(t, dir)
	if len(opened) != 2 || len(closed) != 2 || opened["1"].Wall != Unix(start) || opened["1"].Point != "xa-thanh-loc" {
		t.Errorf("%v %v", opened, closed)
	}
}

func TestRecoveryShowsABrokenLedger(t *testing.T) {
	s := newStudio(t, filepath.Join(t.TempDir(), "t1"))
	s.speak(12)
	s.must(s.sync())
	dir := torn(t, s)
	changed := strings.Replace(read(t, dir+"/ledger.jsonl"), "07:30:05", "07:30:06", 1)
	s.must(os.WriteFile(dir+"/ledger.jsonl", []byte(changed), 0o600))
	status, err := Recover(Config{ID: "t1", Dir: dir})
	if err != nil || len(status.Notes) != 1 || status.Files != 3 {
		t.Errorf("%+v %v", status, err)
	}
	if _, err := VerifyLedger(dir); !errors.Is(err, ErrChain) {
		t.Errorf("the break is hidden: %v", err)
	}
}

func TestATakeIsNeverContinued(t *testing.T) {
	s := newStudio(t, filepath.Join(t.TempDir(), "t1"))
	s.must(s.Finish(false))
	if _, err := New(s.Config); !errors.Is(err, ErrExists) {
		t.Error(err)
	}
	if _, err := Recover(Config{Dir: t.TempDir()}); !errors.Is(err, ErrNoTake) {
		t.Error(err)
	}
	if chain, err := VerifyLedger(s.Dir); err != nil || chain.Sealed {
		t.Errorf("stopped, not closed: %+v %v", chain, err)
	}
}

func TestGapsAreNamed(t *testing.T) {
	s := newStudio(t, filepath.Join(t.TempDir(), "t1"))
	s.speak(1)
	s.mic.End(lane.CauseConnection)
	s.flush(s.now)
	s.now = s.now.Add(4500 * time.Millisecond)
	s.newMic()
	s.speak(1)
	notes := s.Status().Notes
	if len(notes) != 1 || notes[0].Kind != "gap" || notes[0].Hall != "p7" || !strings.Contains(notes[0].Text, "Trống 4,5 giây") {
		t.Errorf("%+v", notes)
	}
	s.Answered(notes)
	if left := s.Status().Notes; len(left) != 0 {
		t.Errorf("answered and still there: %+v", left)
	}
	s.mic.Mute(true)
	s.flush(s.now.Add(time.Second))
	s.mic.Mute(false)
	s.now = s.now.Add(time.Minute)
	s.speak(1)
	if notes := s.Status().Notes; len(notes) != 0 {
		t.Errorf("a mute is no gap: %+v", notes)
	}
	s.must(s.Finish(true))
	if tr := s.Status().Tracks; len(tr) != 0 {
		t.Errorf("tracks after the end: %+v", tr)
	}
}

func TestAFolderThatVanishesIsMadeAgain(t *testing.T) {
	s := newStudio(t, filepath.Join(t.TempDir(), "t1"))
	s.speak(1)
	s.must(os.RemoveAll(filepath.Join(s.Dir, "xa-thanh-loc")))
	s.speak(15)
	s.must(s.Finish(true))
	if files, _ := filepath.Glob(s.Dir + "/xa-thanh-loc/microphone/*.webm"); len(files) < 1 {
		t.Error("nothing recorded after the folder vanished")
	}
}

func TestClusterLine(t *testing.T) {
	var c clusterLine
	if c.take() != nil {
		t.Error("a line of nothing")
	}
	c.add(1, run{offset: 300, length: 10, time: 0, key: true})
	c.add(1, run{offset: 310, length: 20, time: 1000})
	c.add(2, run{offset: 200, length: 5, time: 40, key: true})
	want := `{"clusters":{"1":[[300,10,0,1],[310,20,1000,0]],"2":[[200,5,40,1]]}}` + "\n"
	if got := c.take(); !bytes.Equal(got, []byte(want)) {
		t.Errorf("%s", got)
	}
	if c.take() != nil {
		t.Error("told twice")
	}
}
