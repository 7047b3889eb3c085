// Package track puts the packets of one RTP stream in order, counts what never came, and joins the
// packets to frames without decoding them. The SDK's own loss counters are not evidence, these are.
package track

import "time"

// Packet is one RTP packet. Payload is valid only during the call it is passed to.
type Packet struct {
	Seq     uint16
	TS      uint32
	Marker  bool
	Arrival time.Time
	Payload []byte
}

const (
	ring = 512  // packets that may wait behind a hole; a power of two
	jump = 3000 // a larger step of the sequence number is a new stream, not a loss
)

// Reorder hands on packets in sequence. A hole is waited for during Wait at most; then it counts as lost.
type Reorder struct {
	Wait time.Duration
	Out  func(p *Packet, gap bool) // gap: packets before this one are lost

	Lost, Late uint64

	slots   [ring]slot
	next    uint16
	waiting int
	since   time.Time // the hole at next is known since then
	started bool
}

type slot struct {
	full bool
	p    Packet
	room []byte // keeps its capacity: nothing is allocated once warm
}

// Push takes in one packet.
func (r *Reorder) Push(p *Packet) {
	if !r.started {
		r.started, r.next = true, p.Seq
	}
	step := int(int16(p.Seq - r.next))
	switch {
	case step == 0 && r.waiting == 0: // the usual case: in order
		r.next++
		r.Out(p, false)
		return
	case step == 0:
		r.next++
		r.Out(p, false)
		r.drain(false)
	case step < -jump || step > jump:
		r.Flush()
		r.next = p.Seq + 1
		r.Out(p, true)
	case step < 0:
		r.Late++
		return
	case step >= ring:
		r.Flush()
		r.Lost += uint64(p.Seq - r.next)
		r.next = p.Seq + 1
		r.Out(p, true)
	default:
		r.keep(p)
	}
	r.Expire(p.Arrival)
}

func (r *Reorder) keep(p *Packet) {
	s := &r.slots[p.Seq%ring]
	if s.full {
		r.Late++
		return
	}
	if r.waiting == 0 {
		r.since = p.Arrival
	}
	s.room = append(s.room[:0], p.Payload...)
	s.p, s.full = *p, true
	s.p.Payload = s.room
	r.waiting++
}

// Expire gives up holes that are older than Wait.
func (r *Reorder) Expire(now time.Time) {
	for r.waiting > 0 && now.Sub(r.since) > r.Wait {
		r.skip()
	}
}

// Flush gives up all holes: the stream ends or begins anew.
func (r *Reorder) Flush() {
	for r.waiting > 0 {
		r.skip()
	}
}

func (r *Reorder) skip() {
	for !r.slots[r.next%ring].full {
		r.next++
		r.Lost++
	}
	r.drain(true)
}

// drain hands on what is now in order; gap is true for the first packet after a lost one.
func (r *Reorder) drain(gap bool) {
	for {
		s := &r.slots[r.next%ring]
		if !s.full {
			break
		}
		s.full = false
		r.waiting--
		r.next++
		r.Out(&s.p, gap)
		gap = false
	}
	if r.waiting > 0 { // another hole: it is known since the packet behind it came
		for i := r.next; ; i++ {
			if s := &r.slots[i%ring]; s.full {
				r.since = s.p.Arrival
				break
			}
		}
	}
}
