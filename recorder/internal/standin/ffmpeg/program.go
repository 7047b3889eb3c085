// Package ffmpeg runs the encoder program for a stand-in: the live camera, the
// one second of tone, and the clips for load runs.
package ffmpeg

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// process is a running ffmpeg with its pipes.
type process struct {
	stdin  io.WriteCloser
	stdout io.Reader
	kill   context.CancelFunc
	finish chan struct{} // closed by the user when nothing more is read
	ended  chan error
}

// start runs ffmpeg so that it cannot outlive us: the kernel kills it when the
// thread that started it ends, hence that thread is kept until the program is
// gone (Go would otherwise be free to end it at any time).
func start(ctx context.Context, program string, args ...string) (*process, error) {
	ctx, kill := context.WithCancel(ctx)
	p := &process{kill: kill, finish: make(chan struct{}), ended: make(chan error, 1)}
	cmd := exec.CommandContext(ctx, program, append([]string{"-hide_banner", "-nostdin", "-loglevel", "error"}, args...)...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	cmd.WaitDelay = time.Second
	words := &tail{}
	cmd.Stderr = words
	var err error
	if p.stdin, err = cmd.StdinPipe(); err != nil {
		kill()
		return nil, err
	}
	if p.stdout, err = cmd.StdoutPipe(); err != nil {
		kill()
		return nil, err
	}
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err != nil {
			return
		}
		<-p.finish // Wait closes the pipes, so reading comes first
		err = cmd.Wait()
		if err != nil && words.text() != "" {
			err = fmt.Errorf("%w: %s", err, words.text())
		}
		p.ended <- err
	}()
	if err := <-started; err != nil {
		kill()
		return nil, fmt.Errorf("cannot start ffmpeg: %w", err)
	}
	return p, nil
}

// end waits for the program after its output has been read.
func (p *process) end() error {
	close(p.finish)
	err := <-p.ended
	p.kill()
	return err
}

// Convert feeds input to ffmpeg and gives all of its output.
func Convert(ctx context.Context, program string, input []byte, args ...string) ([]byte, error) {
	p, err := start(ctx, program, args...)
	if err != nil {
		return nil, err
	}
	go func() {
		_, _ = p.stdin.Write(input) // a failure shows in ffmpeg's own exit
		_ = p.stdin.Close()
	}()
	output, err := io.ReadAll(p.stdout)
	if ended := p.end(); ended != nil {
		return nil, fmt.Errorf("ffmpeg: %w", ended)
	}
	return output, err
}

// tail keeps the last words of a program's error output.
type tail struct{ buf bytes.Buffer }

func (t *tail) Write(b []byte) (int, error) {
	if t.buf.Len() > 4096 {
		t.buf.Reset()
	}
	return t.buf.Write(b)
}

func (t *tail) text() string {
	return strings.Join(strings.Fields(t.buf.String()), " ")
}
