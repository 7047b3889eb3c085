// Package beat posts once a second what the recorder has and makes true what the web answers: a
// desired-state loop. Without an answer the last known state stays; recording never waits for the web.
package beat

import (
	"tiepdan.vn/recorder/internal/disk"
	"tiepdan.vn/recorder/internal/take"
)

// Request is one beat.
type Request struct {
	Recorder string     `json:"recorder"`
	Version  string     `json:"version"`
	Boot     string     `json:"boot"`
	At       string     `json:"at"`
	Disk     disk.Space `json:"disk"`
	Takes    []TakeHas  `json:"takes"`
}

// TakeHas is what the recorder has of one take.
type TakeHas struct {
	ID        string       `json:"id"`
	State     string       `json:"state"`
	Error     string       `json:"error"`
	StartedAt *string      `json:"started_at"`
	Bytes     int64        `json:"bytes"`
	Rate      int64        `json:"rate"`
	Ledger    take.Head    `json:"ledger"`
	Files     int          `json:"files"`
	Tracks    []take.Track `json:"tracks"`
	Notes     []take.Note  `json:"notes"`
}

// States of a take.
const (
	Joining   = "joining"
	Recording = "recording"
	Closing   = "closing"
	Closed    = "closed"
	Failed    = "failed"
)

// Response is what the recorder should have.
type Response struct {
	Now   string       `json:"now"`
	Takes []TakeWanted `json:"takes"`
}

// TakeWanted is one assignment.
type TakeWanted struct {
	ID        string            `json:"id"`
	Reception string            `json:"reception"`
	Dir       string            `json:"dir"`
	Room      string            `json:"room"`
	URL       string            `json:"url"`
	Token     string            `json:"token"`
	Do        string            `json:"do"`
	Halls     map[string]string `json:"halls"`
	Policy    take.Policy       `json:"policy"`
}

// What is to be done with a take.
const (
	DoRecord = "record"
	DoClose  = "close"
)
