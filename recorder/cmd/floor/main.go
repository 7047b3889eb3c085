// Command floor is the yardstick of bench/recorder.py: the least that receiving, decrypting, hashing and
// writing a stream of packets costs. It is no part of an installation.
//
//	floor key
//	floor receive -key K -dir D [-points N]
//	floor send -key K -to 127.0.0.1:PORT -clip clip.ivf -sound clip.ogg [-points N]
//
// receive prints its port, then its totals for each line that it reads from standard input. Both end when
// standard input ends, and after -longest at the latest.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"time"

	"tiepdan.vn/recorder/internal/floor"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "floor:", err)
		os.Exit(1)
	}
}

func run(arguments []string) error {
	if len(arguments) == 0 {
		return errors.New("say key, receive or send")
	}
	flags := flag.NewFlagSet(arguments[0], flag.ContinueOnError)
	key := flags.String("key", "", "key of this run")
	points := flags.Int("points", 30, "number of points, each with one picture and one sound")
	dir := flags.String("dir", "", "empty folder to write to")
	to := flags.String("to", "", "address of the receiver")
	clip := flags.String("clip", "", "picture: IVF with VP8")
	sound := flags.String("sound", "", "sound: Ogg with Opus packets of 20 ms")
	longest := flags.Duration("longest", 5*time.Minute, "end after that time in any case")
	if err := flags.Parse(arguments[1:]); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), *longest)
	defer cancel()
	switch arguments[0] {
	case "key":
		text, err := floor.NewKey()
		fmt.Println(text)
		return err
	case "receive":
		return receive(ctx, *dir, *key, *points)
	case "send":
		return send(ctx, cancel, *to, *key, *clip, *sound, *points)
	}
	return fmt.Errorf("unknown: %s", arguments[0])
}

func receive(ctx context.Context, dir, key string, points int) error {
	r, err := floor.Listen(dir, key, points)
	if err != nil {
		return err
	}
	fmt.Printf("{\"port\":%d}\n", r.Port())
	context.AfterFunc(ctx, func() { r.Close() })
	go func() {
		for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
			text, _ := json.Marshal(r.Counts()) // plain numbers always marshal
			fmt.Println(string(text))
		}
		r.Close()
	}()
	return r.Run()
}

func send(ctx context.Context, cancel func(), to, key, clip, sound string, points int) error {
	content, err := floor.ReadClip(clip, sound)
	if err != nil {
		return err
	}
	s, err := floor.NewSender(to, key, content, points)
	if err != nil {
		return err
	}
	go func() {
		for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		}
		cancel()
	}()
	return s.Run(ctx)
}
