package floor

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// What is sent is what lies in the files, by the hashes that the receiver wrote; nothing is missing.
func TestWhatIsSentIsWritten(t *testing.T) {
	const points = 3
	key, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	r, err := Listen(dir, key, points)
	if err != nil {
		t.Fatal(err)
	}
	received := make(chan error, 1)
	go func() { received <- r.Run() }()
	clip := Clip{FrameEvery: 5 * time.Millisecond, Sound: [][]byte{{1, 2, 3}}}
	for i := range 4 {
		clip.Frames = append(clip.Frames, cut(bytes.Repeat([]byte{byte(i)}, 500+1000*i)))
	}
	s, err := NewSender(fmt.Sprintf("127.0.0.1:%d", r.Port()), key, clip, points)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(context.Background(), 20*time.Second)
	defer stop()
	sent := make(chan error, 1)
	go func() { sent <- s.Run(ctx) }()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for r.Counts().Packets < 400 && ctx.Err() == nil {
		<-tick.C
	}
	stop()
	if err := <-sent; err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-received; err != nil {
		t.Fatal(err)
	}
	c := r.Counts()
	if c.Packets < 400 || c.Lost != 0 || c.Files != 2*points || c.Written != c.Payload {
		t.Errorf("%+v", c)
	}
	check(t, dir, 2*points)
}

func check(t *testing.T, dir string, files int) {
	t.Helper()
	sums, err := os.ReadFile(filepath.Join(dir, "SHA256SUMS"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(sums)), "\n")
	if len(lines) != files {
		t.Errorf("%d hashes of %d files", len(lines), files)
	}
	for _, line := range lines {
		sum, name, _ := strings.Cut(line, "  ")
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if fmt.Sprintf("%x", sha256.Sum256(data)) != sum || len(data) == 0 {
			t.Errorf("%s is not what its hash says", name)
		}
	}
}

func TestAFrameIsCutAsTheStandInDoes(t *testing.T) {
	parts := cut(bytes.Repeat([]byte{7}, 2*packetSize+1))
	if len(parts) != 3 || len(parts[0]) != 4+packetSize || len(parts[2]) != 5 || parts[0][0] != 0x90 || parts[1][0] != 0x80 {
		t.Errorf("%d parts", len(parts))
	}
}
