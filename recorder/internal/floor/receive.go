package floor

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/srtp/v3"
)

// Policy of writing: the same as the recorder's.
const (
	flushEvery = 250 * time.Millisecond
	fsyncEvery = time.Second
	receive    = 4 << 20 // bytes of the socket's buffer
)

// Counts are totals since the start.
type Counts struct {
	Packets uint64 `json:"packets"`
	Wire    uint64 `json:"wire"`    // bytes of the packets as they came, without IP and UDP
	Payload uint64 `json:"payload"` // bytes of sound and picture in them
	Lost    uint64 `json:"lost"`
	Written uint64 `json:"written"`
	Files   int    `json:"files"`
}

// Receiver writes one file per stream.
type Receiver struct {
	dir     string
	conn    *net.UDPConn
	context *srtp.Context

	mu      sync.Mutex
	streams []*stream
	counts  Counts
	failure error
}

// stream is one SSRC. Bytes wait in full until the next flush takes them; spare is what it gives back.
type stream struct {
	file        *os.File
	hash        hash.Hash
	full, spare []byte
	next        uint16
}

// Listen opens a receiver for that many points on a free port of 127.0.0.1.
func Listen(dir, key string, points int) (*Receiver, error) {
	context, err := cipherContext(key)
	if err != nil {
		return nil, err
	}
	r := &Receiver{dir: dir, context: context, streams: make([]*stream, 2*points)}
	if r.conn, err = net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)}); err != nil {
		return nil, err
	}
	return r, r.conn.SetReadBuffer(receive)
}

// Port is where the sender sends to.
func (r *Receiver) Port() int { return r.conn.LocalAddr().(*net.UDPAddr).Port }

// Run receives until Close.
func (r *Receiver) Run() error {
	stop := make(chan struct{})
	var writers sync.WaitGroup
	writers.Go(func() { every(flushEvery, stop, r.flush) })
	writers.Go(func() { every(fsyncEvery, stop, r.fsync) })
	err := r.read()
	close(stop)
	writers.Wait()
	r.flush()
	r.fsync()
	return errors.Join(err, r.sums(), r.failure)
}

// Close ends Run.
func (r *Receiver) Close() error { return r.conn.Close() }

// Counts tells the totals.
func (r *Receiver) Counts() Counts {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.counts
}

func (r *Receiver) read() error {
	in, out := make([]byte, 1600), make([]byte, 0, 1600)
	header := rtp.Header{}
	for {
		n, err := r.conn.Read(in)
		if errors.Is(err, net.ErrClosed) {
			return nil
		}
		if err != nil {
			return err
		}
		packet, err := r.context.DecryptRTP(out, in[:n], &header)
		if err != nil {
			return err
		}
		if err := r.take(&header, n, packet[header.MarshalSize():]); err != nil {
			return err
		}
	}
}

func (r *Receiver) take(header *rtp.Header, wire int, payload []byte) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	i := int(header.SSRC) - 1
	if i < 0 || i >= len(r.streams) {
		return fmt.Errorf("a packet of the unknown stream %d", header.SSRC)
	}
	s := r.streams[i]
	if s == nil {
		file, err := os.Create(filepath.Join(r.dir, fmt.Sprintf("%03d", i)))
		if err != nil {
			return err
		}
		s = &stream{file: file, hash: sha256.New(), next: header.SequenceNumber}
		r.streams[i] = s
		r.counts.Files++
	}
	r.counts.Lost += uint64(header.SequenceNumber - s.next) // loopback does not change the order
	s.next = header.SequenceNumber + 1
	s.full = append(s.full, payload...)
	r.counts.Packets++
	r.counts.Wire += uint64(wire)
	r.counts.Payload += uint64(len(payload))
	return nil
}

func (r *Receiver) flush() {
	for i := range r.streams {
		r.mu.Lock()
		s := r.streams[i]
		if s == nil {
			r.mu.Unlock()
			continue
		}
		data := s.full
		s.full, s.spare = s.spare[:0], nil
		r.mu.Unlock()
		s.hash.Write(data)
		n, err := s.file.Write(data)
		r.mu.Lock()
		s.spare = data
		r.counts.Written += uint64(n)
		r.failure = errors.Join(r.failure, err)
		r.mu.Unlock()
	}
}

func (r *Receiver) fsync() {
	r.mu.Lock()
	streams := append([]*stream(nil), r.streams...)
	r.mu.Unlock()
	for _, s := range streams {
		if s == nil {
			continue
		}
		if err := s.file.Sync(); err != nil {
			r.mu.Lock()
			r.failure = errors.Join(r.failure, err)
			r.mu.Unlock()
		}
	}
}

// sums writes the hashes, so that nobody can say they were not made.
func (r *Receiver) sums() error {
	var text []byte
	for _, s := range r.streams {
		if s == nil {
			continue
		}
		text = fmt.Appendf(text, "%s  %s\n", hex.EncodeToString(s.hash.Sum(nil)), filepath.Base(s.file.Name()))
		if err := s.file.Close(); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(r.dir, "SHA256SUMS"), text, 0o600)
}

func every(d time.Duration, stop <-chan struct{}, do func()) {
	tick := time.NewTicker(d)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			do()
		case <-stop:
			return
		}
	}
}
