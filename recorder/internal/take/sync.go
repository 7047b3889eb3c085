package take

import (
	"errors"
	"os"
)

// sync waits until the disk has what was written, and lists closed files in the ledger. Nothing that
// packets or the flusher need is locked meanwhile.
func (t *Take) sync() error {
	t.syncing.Lock()
	defer t.syncing.Unlock()
	t.mu.Lock()
	open := make([]*os.File, 0, len(t.open))
	for f := range t.open {
		open = append(open, f.f)
	}
	ended := t.ended
	t.ended = nil
	touched := t.touched
	t.touched = map[string]bool{}
	t.mu.Unlock()

	var errs []error
	for _, f := range open {
		errs = append(errs, datasync(f))
	}
	for dir := range touched {
		if err := syncDir(dir); err != nil && !os.IsNotExist(err) {
			errs = append(errs, err)
		}
	}
	for _, f := range ended {
		errs = append(errs, f.f.Sync(), f.f.Close())
		t.ledger.entry(f.entry())
	}
	errs = append(errs, t.index.sync(), t.journal.sync(), t.ledger.sync())

	t.mu.Lock()
	t.files += len(ended)
	t.head = t.ledger.shown
	t.mu.Unlock()
	err := errors.Join(errs...)
	if err != nil {
		t.trouble(err)
	}
	return err
}
