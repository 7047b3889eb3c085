package track

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

var start = time.Date(2026, 11, 22, 7, 30, 0, 0, time.UTC)

// feed is a reorder buffer with a record of what came out: numbers, a minus sign after a gap.
type feed struct {
	Reorder
	out []int
	now time.Time
}

func newFeed() *feed {
	f := &feed{now: start}
	f.Wait = 100 * time.Millisecond
	f.Out = func(p *Packet, gap bool) {
		if len(p.Payload) != 1 || p.Payload[0] != byte(p.Seq) {
			panic("payload of another packet")
		}
		if gap {
			f.out = append(f.out, -int(p.Seq))
		} else {
			f.out = append(f.out, int(p.Seq))
		}
	}
	return f
}

func (f *feed) push(after time.Duration, seqs ...int) {
	for _, s := range seqs {
		f.now = f.now.Add(after)
		f.Push(&Packet{Seq: uint16(s), Arrival: f.now, Payload: []byte{byte(s)}})
	}
}

func TestReorder(t *testing.T) {
	const ms = time.Millisecond
	for _, c := range []struct {
		name       string
		step       time.Duration
		seqs       []int
		out        string
		lost, late uint64
	}{
		{"in order", ms, []int{1, 2, 3}, "[1 2 3]", 0, 0},
		{"swapped", ms, []int{1, 3, 2, 4}, "[1 2 3 4]", 0, 0},
		{"retransmitted in time", ms, []int{1, 3, 4, 5, 2, 6}, "[1 2 3 4 5 6]", 0, 0},
		{"lost for good", 60 * ms, []int{1, 3, 4, 5}, "[1 -3 4 5]", 1, 0},
		{"came too late", 60 * ms, []int{1, 3, 4, 5, 2}, "[1 -3 4 5]", 1, 1},
		{"two holes", 60 * ms, []int{1, 3, 5, 6, 7, 8}, "[1 -3 -5 6 7 8]", 2, 0},
		{"second hole filled", 40 * ms, []int{1, 3, 5, 4, 6, 7}, "[1 -3 4 5 6 7]", 1, 0},
		{"duplicates", ms, []int{1, 1, 3, 3, 2, 2}, "[1 2 3]", 0, 3},
		{"wraps", ms, []int{65534, 0, 65535, 1}, "[65534 65535 0 1]", 0, 0},
		{"long hole", ms, []int{1, 1000}, "[1 -1000]", 998, 0},
		{"new stream", ms, []int{1, 2, 30000, 30001}, "[1 2 -30000 30001]", 0, 0},
	} {
		f := newFeed()
		f.push(c.step, c.seqs...)
		if got := fmt.Sprint(f.out); got != c.out || f.Lost != c.lost || f.Late != c.late {
			t.Errorf("%s: %s lost %d late %d, want %s %d %d", c.name, got, f.Lost, f.Late, c.out, c.lost, c.late)
		}
	}
}

func TestReorderExpiresWithoutFurtherPackets(t *testing.T) {
	f := newFeed()
	f.push(time.Millisecond, 1, 3)
	f.Expire(f.now.Add(50 * time.Millisecond))
	if len(f.out) != 1 {
		t.Error("gave up too early")
	}
	f.Expire(f.now.Add(101 * time.Millisecond))
	if fmt.Sprint(f.out) != "[1 -3]" {
		t.Errorf("out %v", f.out)
	}
}

// However a stream is shuffled, delayed and thinned: what comes out is in order, once, and the counts add up.
func TestReorderKeepsTheBooks(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		f := newFeed()
		var sent []int
		for i := range 2000 {
			if i == 0 || rnd.IntN(50) > 0 {
				sent = append(sent, 64000+i)
			}
		}
		for i := 1; i+8 < len(sent); i += 1 + rnd.IntN(40) {
			j := i + 1 + rnd.IntN(7)
			sent[i], sent[j] = sent[j], sent[i]
		}
		f.push(time.Duration(rnd.IntN(30))*time.Millisecond, sent...)
		f.Flush()
		last := -1
		for n, seq := range f.out {
			at := (max(seq, -seq) - 64000 + 65536) % 65536
			if n > 0 && at <= last {
				t.Fatal("out of order")
			}
			last = at
		}
		first, end := 64000, slices.Max(sent)
		if got := uint64(len(f.out)) + f.Lost; got != uint64(end-first+1) {
			t.Fatalf("%d out + %d lost of %d", len(f.out), f.Lost, end-first+1)
		}
	}
}

func TestReorderDoesNotAllocateOnceWarm(t *testing.T) {
	f := newFeed()
	f.Out = func(*Packet, bool) {}
	seq, now, payload := uint16(0), start, make([]byte, 1200)
	p := &Packet{}
	push := func(s uint16) {
		*p = Packet{Seq: s, Arrival: now, Payload: payload}
		f.Push(p)
	}
	round := func() {
		now = now.Add(time.Millisecond)
		push(seq)
		push(seq + 2)
		push(seq + 1)
		seq += 3
	}
	for range ring {
		round()
	}
	if n := testing.AllocsPerRun(1000, round); n > 0 {
		t.Errorf("%v allocations", n)
	}
}
