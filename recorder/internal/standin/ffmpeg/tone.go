package ffmpeg

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"math"

	"tiepdan.vn/recorder/internal/standin/container"
)

const (
	soundRate = 48000
	burst     = soundRate / 10 // 100 ms
	fade      = soundRate / 500
	perSecond = 50 // packets of 20 ms
)

// Tone gives one second of sound as 50 Opus packets that can be played round and
// round: 100 ms of 1 kHz, then silence. Packet 0 belongs to the full second.
func Tone(ctx context.Context, program string) ([][]byte, error) {
	// What a decoder gives out lags behind by the encoder's look-ahead, which is
	// known only after a first run; the tone is moved forward by that much.
	early := 312
	for {
		packets, skip, err := encodeTone(ctx, program, early)
		if err != nil {
			return nil, err
		}
		if skip == early {
			// the middle one of three seconds: silence, steady state, silence around it
			return packets[perSecond : 2*perSecond], nil
		}
		early = skip
	}
}

func encodeTone(ctx context.Context, program string, early int) ([][]byte, int, error) {
	file, err := Convert(ctx, program, tonePCM(3, early),
		"-f", "s16le", "-ar", "48000", "-ac", "1", "-i", "pipe:0",
		"-c:a", "libopus", "-b:a", "48k", "-frame_duration", "20", "-f", "ogg", "pipe:1")
	if err != nil {
		return nil, 0, err
	}
	packets, skip, err := container.OpusPackets(bytes.NewReader(file))
	if err != nil {
		return nil, 0, err
	}
	if len(packets) < 3*perSecond {
		return nil, 0, fmt.Errorf("tone of %d packets, not %d", len(packets), 3*perSecond)
	}
	return packets, skip, nil
}

// tonePCM is the sound before encoding, moved forward by some samples.
func tonePCM(seconds, early int) []byte {
	pcm := make([]byte, 2*seconds*soundRate)
	for i := range seconds * soundRate {
		at := (i + early) % soundRate
		if at >= burst {
			continue
		}
		soft := min(1, float64(at)/fade, float64(burst-at)/fade) // no clicks
		value := 0.35 * soft * math.Sin(2*math.Pi*1000*float64(at)/soundRate)
		binary.LittleEndian.PutUint16(pcm[2*i:], uint16(int16(value*math.MaxInt16)))
	}
	return pcm
}
