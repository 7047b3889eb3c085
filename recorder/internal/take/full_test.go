package take

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A disk that is really full: a small file system in memory. Only root can mount one.
func TestAFullDisk(t *testing.T) {
	mount := t.TempDir()
	if err := syscall.Mount("tmpfs", mount, "tmpfs", 0, "size=96k"); err != nil {
		t.Skip("cannot mount a small file system:", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(mount, syscall.MNT_DETACH) })
	s := newStudio(t, filepath.Join(mount, "t1"))
	s.speak(3)
	ballast := filepath.Join(mount, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 96<<10), 0o600); err == nil {
		t.Fatal("the file system is not full")
	}
	for range 15 {
		s.speak(1)
	}
	status := s.Status()
	if status.Failure == "" || status.Tracks[0].Dropped == 0 {
		t.Errorf("a full disk went unnoticed: %+v", status)
	}
	if n := len(status.Notes); n == 0 || n > 3 {
		t.Errorf("%d notes", n)
	}

	s.must(os.Remove(ballast))
	s.failed = s.failed.Add(-time.Minute) // the failure was long ago
	s.speak(6)
	if status := s.Status(); status.Failure != "" {
		t.Errorf("there is room again, yet: %s", status.Failure)
	}
	s.must(s.Finish(true))
	chain, err := VerifyLedger(s.Dir)
	if err != nil || !chain.Sealed || len(chain.Files) < 2 {
		t.Errorf("%+v %v", chain, err)
	}
	opened, closed, _ := indexOf(t, s.Dir)
	if len(opened) != len(chain.Files) || len(closed) != len(opened) {
		t.Errorf("index: %d opened, %d closed; ledger: %d", len(opened), len(closed), len(chain.Files))
	}
	if journal := read(t, s.Dir+"/journal.jsonl"); !strings.HasSuffix(journal, "\n") || !strings.Contains(journal, `"cause":"write"`) {
		t.Error(journal)
	}
}
