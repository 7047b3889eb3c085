package webm

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// build packs frames at the given times and returns a whole file and its marks.
func build(s Spec, splitAtKey bool, frames []frame) ([]byte, []Mark) {
	b := Builder{SplitAtKey: splitAtKey}
	for _, f := range frames {
		b.Frame(f.ms, f.key, f.data)
	}
	data, marks := b.Take(nil, nil)
	return append(Header(s), data...), marks
}

type frame struct {
	ms   int64
	key  bool
	data []byte
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	var frames []frame
	for i := range 70 {
		frames = append(frames, frame{int64(i * 40), i%30 == 0, bytes.Repeat([]byte{byte(i)}, 1+i*300)})
	}
	spec := Spec{Codec: VP8, Width: 1280, Height: 720}
	file, marks := build(spec, true, frames)

	var got []frame
	c, err := Scan(bytes.NewReader(file), func(ms int64, key bool, data []byte) {
		got = append(got, frame{ms, key, bytes.Clone(data)})
	})
	if err != nil {
		t.Fatal(err)
	}
	if c.Spec.Codec != VP8 || c.Spec.Width != 1280 || c.Spec.Height != 720 {
		t.Errorf("spec %+v", c.Spec)
	}
	if c.Good != int64(len(file)) || c.Header != int64(len(Header(spec))) {
		t.Errorf("good %d of %d, header %d", c.Good, len(file), c.Header)
	}
	if fmt.Sprint(got) != fmt.Sprint(frames) {
		t.Error("frames differ")
	}
	// A cluster at each keyframe (0, 1200, 2400 ms) and at least each second.
	if len(c.Clusters) != len(marks) {
		t.Fatalf("%d clusters, %d marks", len(c.Clusters), len(marks))
	}
	var times []string
	for i, cl := range c.Clusters {
		times = append(times, fmt.Sprint(cl.Time, cl.Key))
		if marks[i].Time != cl.Time || marks[i].Last != cl.Last || int64(marks[i].Length) != cl.Length || marks[i].Key != cl.Key {
			t.Errorf("mark %+v, cluster %+v", marks[i], cl)
		}
	}
	if s := strings.Join(times, ", "); s != "0 true, 1000 false, 1200 true, 2200 false, 2400 true" {
		t.Errorf("clusters at %s", s)
	}
}

func TestATornTailIsFound(t *testing.T) {
	frames := []frame{{0, true, make([]byte, 500)}, {20, true, make([]byte, 500)}, {1020, true, make([]byte, 500)}}
	file, marks := build(Spec{Codec: Opus, Channels: 1}, false, frames)
	whole := len(file) - marks[1].Length
	for _, tail := range [][]byte{nil, file[whole : whole+1], file[whole : whole+9], file[whole : len(file)-1], make([]byte, 4096)} {
		c, err := Scan(bytes.NewReader(append(bytes.Clone(file[:whole]), tail...)), nil)
		if err != nil || c.Good != int64(whole) || len(c.Clusters) != 1 {
			t.Errorf("tail of %d: good %d (want %d), %d clusters, %v", len(tail), c.Good, whole, len(c.Clusters), err)
		}
	}
	if _, err := Scan(strings.NewReader("no recording at all, this is text"), nil); err == nil {
		t.Error("text passed as a recording")
	}
}

func TestSpaceIsReused(t *testing.T) {
	b := Builder{}
	b.Frame(0, true, make([]byte, 1000))
	buf, marks := b.Take(nil, nil)
	b.Frame(20, true, make([]byte, 1000))
	b.Take(buf, marks)
	if n := testing.AllocsPerRun(100, func() {
		b.Frame(40, true, buf[:100])
		buf2, marks2 := b.Take(buf, marks)
		buf, marks = buf2, marks2
	}); n > 0 {
		t.Errorf("%v allocations a cluster", n)
	}
}

func TestFfprobeReadsIt(t *testing.T) {
	if _, err := exec.LookPath("ffprobe"); err != nil {
		t.Skip("ffprobe is not installed")
	}
	silence := []byte{0xF8, 0xFF, 0xFE}
	var frames []frame
	for i := range 150 {
		frames = append(frames, frame{int64(i * 20), true, silence})
	}
	file, _ := build(Spec{Codec: Opus, Channels: 1}, false, frames)
	path := filepath.Join(t.TempDir(), "a.webm")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("ffmpeg", "-v", "error", "-xerror", "-i", path, "-f", "null", "-").CombinedOutput()
	if err != nil || len(out) > 0 {
		t.Errorf("ffmpeg: %v %s", err, out)
	}
	out, err = exec.Command("ffprobe", "-v", "error", "-show_entries", "stream=codec_name,sample_rate,channels", "-of", "csv=p=0", path).CombinedOutput()
	if err != nil || strings.TrimSpace(string(out)) != "opus,48000,1" {
		t.Errorf("ffprobe: %v %s", err, out)
	}
	if bytes.Contains(file, []byte{0x44, 0x61, 0x88}) {
		t.Error("DateUTC is written")
	}
}
