package beat

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"tiepdan.vn/recorder/internal/take"
)

// web is the other side of the beat: it answers with what is wanted and keeps what it was told.
type web struct {
	*httptest.Server
	mu     sync.Mutex
	answer Response
	status int
	seen   []Request
	beaten chan struct{}
}

const testToken = "token-of-may-ghi-1"

func newWeb(t *testing.T) *web {
	t.Helper()
	w := &web{status: http.StatusOK, beaten: make(chan struct{}, 1)}
	w.Server = httptest.NewServer(http.HandlerFunc(w.beat))
	t.Cleanup(w.Close)
	return w
}

func (w *web) beat(rw http.ResponseWriter, req *http.Request) {
	var r Request
	if req.URL.Path != "/api/recorder/beat" || req.Header.Get("Authorization") != "Bearer "+testToken ||
		json.NewDecoder(req.Body).Decode(&r) != nil {
		rw.WriteHeader(http.StatusUnauthorized)
		return
	}
	w.mu.Lock()
	w.seen = append(w.seen, r)
	status, answer := w.status, w.answer
	w.mu.Unlock()
	rw.WriteHeader(status)
	if status == http.StatusOK {
		json.NewEncoder(rw).Encode(answer)
	}
	select {
	case w.beaten <- struct{}{}:
	default:
	}
}

func (w *web) want(takes ...TakeWanted) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.answer = Response{Takes: takes}
}

func (w *web) answers(status int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.status = status
}

func (w *web) last() Request {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.seen[len(w.seen)-1]
}

func (w *web) track(source string) take.Track {
	for _, h := range w.last().Takes {
		for _, tr := range h.Tracks {
			if tr.Source == source {
				return tr
			}
		}
	}
	return take.Track{}
}

// told: a note of that kind came with some beat.
func (w *web) told(kind string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, r := range w.seen {
		for _, h := range r.Takes {
			if slices.ContainsFunc(h.Notes, func(n take.Note) bool { return n.Kind == kind }) {
				return true
			}
		}
	}
	return false
}

// until waits for a beat that satisfies cond.
func (w *web) until(t *testing.T, what string, cond func(Request) bool) {
	t.Helper()
	late := time.After(30 * time.Second)
	for {
		select {
		case <-w.beaten:
			if cond(w.last()) {
				return
			}
		case <-late:
			last, _ := json.MarshalIndent(w.last(), "", " ")
			t.Fatalf("never: %s; last beat %s", what, last)
		}
	}
}

// runLoop beats quickly until the returned function is called (or the test ends).
func runLoop(t *testing.T, w *web, archive string) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	l := New(Config{Web: w.URL, Name: "may-ghi-1", Token: testToken, Archive: archive, Version: "test", Boot: t.Name(), Every: 50 * time.Millisecond})
	go func() {
		defer close(done)
		l.Run(ctx)
	}()
	stop = func() { cancel(); <-done }
	t.Cleanup(stop)
	return stop
}
