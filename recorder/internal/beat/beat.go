package beat

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"tiepdan.vn/recorder/internal/disk"
	"tiepdan.vn/recorder/internal/room"
	"tiepdan.vn/recorder/internal/session"
	"tiepdan.vn/recorder/internal/sockets"
	"tiepdan.vn/recorder/internal/take"
)

// Config is fixed for the life of the process.
type Config struct {
	Web, Name, Token, Archive string
	Version, Boot             string
	Every                     time.Duration
}

// Loop keeps the takes of this process as the web wants them.
type Loop struct {
	Config
	client   *http.Client
	keeper   sockets.Keeper
	sessions map[string]*session.Session
	trouble  string // the last problem with the web, to log changes only
	smallest bool   // a too small receive buffer was logged
}

const answerWithin = 3 * time.Second

// New makes a loop without takes.
func New(c Config) *Loop {
	return &Loop{Config: c, client: &http.Client{Timeout: answerWithin}, sessions: map[string]*session.Session{}}
}

// Run beats until ctx ends, then ends the files of all takes.
func (l *Loop) Run(ctx context.Context) {
	tick := time.NewTicker(l.Every)
	defer tick.Stop()
	for {
		l.once(ctx)
		select {
		case <-tick.C:
		case <-ctx.Done():
			l.stop()
			return
		}
	}
}

func (l *Loop) stop() {
	var wg sync.WaitGroup
	for _, s := range l.sessions {
		wg.Go(s.Stop)
	}
	wg.Wait()
}

// once looks after the sockets, posts one beat and makes the answer true.
func (l *Loop) once(ctx context.Context) {
	l.sockets()
	request := l.request()
	answer, err := l.post(ctx, request)
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		if text := err.Error(); text != l.trouble {
			l.trouble = text
			slog.Warn("no answer from the web, going on with what is known", "error", err)
		}
		return
	}
	if l.trouble != "" {
		l.trouble = ""
		slog.Info("the web answers again")
	}
	for _, t := range request.Takes {
		l.sessions[t.ID].Answered(t.Notes)
	}
	l.apply(answer)
}

func (l *Loop) sockets() {
	if len(l.sessions) == 0 {
		return
	}
	dropped, smallest, err := l.keeper.Look()
	if err != nil {
		slog.Debug("sockets not readable", "error", err)
		return
	}
	if smallest > 0 && smallest < sockets.Receive && !l.smallest {
		l.smallest = true
		slog.Warn("receive buffer smaller than wanted: raise net.core.rmem_max", "bytes", smallest, "wanted", sockets.Receive)
	}
	if dropped == 0 {
		return
	}
	for _, s := range l.sessions {
		s.Note("drop", fmt.Sprintf("Máy ghi bỏ rơi %d gói dữ liệu vì quá tải", dropped))
	}
}

func (l *Loop) request() Request {
	space, err := disk.At(l.Archive)
	if err != nil {
		slog.Warn("archive not readable", "path", l.Archive, "error", err)
	}
	r := Request{
		Recorder: l.Name, Version: l.Version, Boot: l.Boot, At: take.ISO(time.Now()), Disk: space, Takes: []TakeHas{},
	}
	for id, s := range l.sessions {
		r.Takes = append(r.Takes, has(id, s.Status()))
	}
	return r
}

func has(id string, s session.Status) TakeHas {
	h := TakeHas{
		ID: id, State: stateOf(s), Error: s.Failure, Bytes: s.Bytes, Rate: s.Rate, Ledger: s.Ledger, Files: s.Files,
		Tracks: s.Tracks, Notes: s.Notes,
	}
	if h.Error == "" {
		h.Error = s.Problem
	}
	if h.Tracks == nil {
		h.Tracks = []take.Track{}
	}
	if h.Notes == nil {
		h.Notes = []take.Note{}
	}
	if !s.Started.IsZero() {
		at := take.ISO(s.Started)
		h.StartedAt = &at
	}
	return h
}

func stateOf(s session.Status) string {
	switch {
	case s.State == session.Ended:
		return Closed
	case s.State == session.Ending:
		return Closing
	case s.State == session.Starting || s.Failure != "":
		return Failed
	case s.Joined:
		return Recording
	}
	return Joining
}

func (l *Loop) post(ctx context.Context, r Request) (Response, error) {
	var answer Response
	body, err := json.Marshal(r)
	if err != nil {
		return answer, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimSuffix(l.Web, "/")+"/api/recorder/beat", bytes.NewReader(body))
	if err != nil {
		return answer, err
	}
	req.Header.Set("Authorization", "Bearer "+l.Token)
	req.Header.Set("Content-Type", "application/json")
	res, err := l.client.Do(req)
	if err != nil {
		return answer, err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(io.LimitReader(res.Body, 1<<20))
	switch {
	case err != nil:
		return answer, err
	case res.StatusCode == http.StatusUnauthorized:
		return answer, errors.New("the web does not accept this recorder's name and token (401)")
	case res.StatusCode != http.StatusOK:
		return answer, fmt.Errorf("the web answered %s", res.Status)
	}
	return answer, json.Unmarshal(text, &answer)
}

// apply makes the answer true.
func (l *Loop) apply(answer Response) {
	wanted := map[string]bool{}
	for _, w := range answer.Takes {
		dir, err := l.dir(w.Dir)
		if err != nil {
			slog.Error("assignment refused", "take", w.ID, "error", err)
			continue
		}
		wanted[w.ID] = true
		config := take.Config{
			ID: w.ID, Reception: w.Reception, Dir: dir, Recorder: l.Name, Boot: l.Boot, Version: l.Version, Policy: w.Policy,
		}
		ticket := room.Ticket{URL: w.URL, Token: w.Token, Halls: w.Halls}
		s := l.sessions[w.ID]
		switch {
		case s == nil && w.Do == DoRecord:
			slog.Info("recording", "take", w.ID, "reception", w.Reception, "folder", dir)
			l.sessions[w.ID] = session.Start(config, ticket)
		case s == nil && w.Do == DoClose:
			slog.Info("closing a take of an earlier process", "take", w.ID, "folder", dir)
			l.sessions[w.ID] = session.Recover(config)
		case s != nil && w.Do == DoClose:
			s.Close()
		case s != nil:
			s.Update(ticket)
		}
	}
	for id, s := range l.sessions {
		if wanted[id] {
			continue
		}
		if s.Status().State == session.Ended {
			delete(l.sessions, id)
			continue
		}
		s.Close()
	}
}

// dir keeps takes inside the archive, whatever is asked.
func (l *Loop) dir(rel string) (string, error) {
	if !filepath.IsLocal(rel) {
		return "", fmt.Errorf("folder %q is not inside the archive", rel)
	}
	return filepath.Join(l.Archive, rel), nil
}
