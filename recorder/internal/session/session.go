// Package session runs one take from its assignment to its end: folder and room together.
package session

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"tiepdan.vn/recorder/internal/room"
	"tiepdan.vn/recorder/internal/take"
)

// Session is one take that this process runs, or one of an earlier process that it closes.
type Session struct {
	config take.Config

	mu      sync.Mutex
	ticket  room.Ticket
	take    *take.Take
	room    *room.Room
	leave   context.CancelFunc
	away    chan struct{} // closed when the room is left
	state   State
	failure string
	started time.Time
	last    take.Status // of a take that is recovered
	stopped bool
}

// State is the life of a session.
type State int

// A session only moves forward.
const (
	Starting State = iota
	Running
	Ending
	Ended
)

const tryAgain = time.Second // after a disk error at start or end

// Start begins to record. It never fails: what is wrong is told by Status, and tried again.
func Start(config take.Config, ticket room.Ticket) *Session {
	s := &Session{config: config, ticket: ticket}
	s.begin()
	return s
}

// Recover closes a take that an earlier process left.
func Recover(config take.Config) *Session {
	s := &Session{config: config, state: Ending}
	go s.repeat(s.recover)
	return s
}

func (s *Session) begin() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state != Starting {
		return
	}
	t, err := take.New(s.config)
	if err != nil {
		s.failure = "Không mở được thư mục tập ghi: " + err.Error()
		if errors.Is(err, take.ErrExists) { // it is never continued
			s.failure = "Thư mục tập ghi đã có từ lần chạy trước"
			return
		}
		slog.Error("cannot begin a take", "take", s.config.ID, "error", err)
		time.AfterFunc(tryAgain, s.begin)
		return
	}
	s.take, s.failure, s.state, s.started = t, "", Running, time.Now()
	s.room = room.New(t, s.ticket)
	ctx, leave := context.WithCancel(context.Background())
	s.leave, s.away = leave, make(chan struct{})
	go func() {
		defer close(s.away)
		s.room.Run(ctx)
	}()
}

// Update takes in the newest ticket.
func (s *Session) Update(ticket room.Ticket) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ticket = ticket
	if s.room != nil {
		s.room.Update(ticket)
	}
}

// Close ends and seals the take, in the background.
func (s *Session) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state >= Ending {
		return
	}
	was := s.state
	s.state = Ending
	if was == Starting { // the folder is of an earlier process, or never came to be
		go s.repeat(s.recover)
		return
	}
	go s.repeat(func() error {
		s.leave()
		<-s.away
		return s.take.Finish(true)
	})
}

// Stop ends the files without a seal and waits; the process goes down.
func (s *Session) Stop() {
	s.mu.Lock()
	ours := s.state == Running
	s.state, s.stopped = Ended, true
	s.mu.Unlock()
	if !ours {
		return
	}
	s.leave()
	<-s.away
	if err := s.take.Finish(false); err != nil {
		slog.Error("take not ended cleanly", "take", s.config.ID, "error", err)
	}
}

// repeat does something until it succeeds: a full disk can be made room on.
func (s *Session) repeat(do func() error) {
	for {
		err := do()
		s.mu.Lock()
		if err == nil || s.stopped {
			s.state, s.failure = Ended, ""
			s.mu.Unlock()
			slog.Info("take closed", "take", s.config.ID)
			return
		}
		s.failure = "Không đóng được tập ghi: " + err.Error()
		s.mu.Unlock()
		slog.Error("take not closed, trying again", "take", s.config.ID, "error", err)
		time.Sleep(tryAgain)
	}
}

func (s *Session) recover() error {
	status, err := take.Recover(s.config)
	if errors.Is(err, take.ErrNoTake) { // it never wrote anything: nothing to close
		err = nil
	}
	s.mu.Lock()
	s.last = status
	s.mu.Unlock()
	return err
}

// Status tells how the session stands.
type Status struct {
	take.Status
	State   State
	Joined  bool
	Problem string // what hinders it now
	Started time.Time
}

// Status is safe at any time.
func (s *Session) Status() Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := Status{Status: s.last, State: s.state, Problem: s.failure, Started: s.started}
	if s.take != nil {
		out.Status = s.take.Status()
		joined, problem := s.room.Joined()
		out.Joined = joined
		if out.Problem == "" {
			out.Problem = problem
		}
	}
	return out
}

// Note adds a note that is about the whole process.
func (s *Session) Note(kind, text string) {
	s.mu.Lock()
	t := s.take
	running := s.state == Running
	s.mu.Unlock()
	if running {
		t.Note(kind, "", "", text)
	}
}

// Answered drops notes that the web has.
func (s *Session) Answered(sent []take.Note) {
	s.mu.Lock()
	t := s.take
	if t == nil {
		s.last.Notes = nil
	}
	s.mu.Unlock()
	if t != nil {
		t.Answered(sent)
	}
}
