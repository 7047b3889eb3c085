// Package picture draws the camera picture of a stand-in: the hall's name, a
// running UTC clock for people, the block clock for tests, and a slow movement
// that shows at a glance that the picture lives.
package picture

import (
	"fmt"
	"hash/fnv"
	"image"
	"math"
	"strings"
	"time"

	"golang.org/x/image/font"
	"golang.org/x/text/unicode/norm"

	"tiepdan.vn/recorder/internal/standin/blocks"
)

// note stands on every picture so that nobody takes it for a real hall.
const note = "Điểm cầu mô phỏng"

// Calm, dark grounds, far enough apart to tell halls from each other on a wall.
var grounds = [][3]float64{
	{28, 61, 90}, {31, 76, 70}, {66, 52, 92}, {92, 58, 44}, {40, 70, 48}, {84, 44, 62}, {54, 62, 76}, {88, 76, 40},
}

// Picture draws frames one after the other into one buffer.
type Picture struct {
	ground *canvas // everything that never changes
	frame  *canvas
	light  colour
	sun    *image.Alpha
	title  []*image.Alpha
	glyphs map[byte]*image.Alpha // the clock's signs
	day    *image.Alpha
	dayOf  string
	small  font.Face
}

// New prepares the parts that stay; title may be written in any Unicode form.
func New(w, h int, title string) (*Picture, error) {
	if w < 160 || h < 90 || w%2 != 0 || h%2 != 0 {
		return nil, fmt.Errorf("picture of %dx%d: the size must be even and at least 160x90", w, h)
	}
	// Precomposed letters only: the font drawer places no combining marks.
	title = strings.Join(strings.Fields(norm.NFC.String(title)), " ")
	if lost, err := missing("bold", title); err != nil {
		return nil, err
	} else if lost != "" {
		return nil, fmt.Errorf("title %q: the font cannot draw %q", title, lost)
	}
	lines, err := fit(title, w*88/100, float64(h)*0.15, float64(h)*0.05)
	if err != nil {
		return nil, err
	}
	small, err := face("regular", float64(h)*0.052)
	if err != nil {
		return nil, err
	}
	digits, err := face("digits", float64(h)*0.15)
	if err != nil {
		return nil, err
	}
	p := &Picture{ground: newCanvas(w, h), frame: newCanvas(w, h), small: small, title: lines, glyphs: map[byte]*image.Alpha{}}
	for _, sign := range []byte("0123456789:.") {
		p.glyphs[sign] = stencil(digits, string(sign))
	}
	p.sun = disc(h * 30 / 100)
	p.paintGround(title)
	return p, nil
}

var white, black = rgb(255, 255, 255), rgb(0, 0, 0)

func (p *Picture) paintGround(title string) {
	sum := fnv.New32a()
	sum.Write([]byte(title))
	base := grounds[sum.Sum32()%uint32(len(grounds))]
	g := p.ground
	for y := 0; y < g.h; y += 2 { // lighter above, darker below
		k := 1.15 - 0.45*float64(y)/float64(g.h)
		g.fill(image.Rect(0, y, g.w, y+2), rgb(base[0]*k, base[1]*k, base[2]*k))
	}
	p.light = rgb(base[0]*1.1+60, base[1]*1.1+60, base[2]*1.1+60)
	label := stencil(p.small, note+" · giờ UTC")
	g.stamp(label, (g.w-label.Rect.Dx())/2, g.h*77/100, white, 190)
	// A black plate keeps the block clock's quiet zone free of the ground.
	g.fill(image.Rect(g.w*7/80, g.h*38/45, g.w*73/80, g.h*44/45), black)
}

// Draw gives the yuv420p frame for a moment; the buffer lives until the next call.
func (p *Picture) Draw(at time.Time) []byte {
	at = at.UTC()
	c := p.frame
	copy(c.pix, p.ground.pix)
	p.drawSun(at)
	top := c.h * 27 / 100
	for _, line := range p.title {
		top -= line.Rect.Dy() / 2
	}
	for _, line := range p.title {
		c.stamp(line, (c.w-line.Rect.Dx())/2, top, white, 255)
		top += line.Rect.Dy()
	}
	p.drawClock(at)
	blocks.Paint(c.y, c.w, c.h, at.UnixMilli(), black.y, white.y)
	return c.pix
}

// drawSun lets a pale disc wander on a wide, flat path, once around in 20 s.
func (p *Picture) drawSun(at time.Time) {
	turn := 2 * math.Pi * float64(at.UnixMilli()%20000) / 20000
	r := p.sun.Rect.Dx() / 2
	x := float64(p.frame.w) * (0.5 + 0.40*math.Cos(turn))
	y := float64(p.frame.h) * (0.36 + 0.16*math.Sin(2*turn))
	p.frame.stamp(p.sun, int(x)-r, int(y)-r, p.light, 110)
}

func (p *Picture) drawClock(at time.Time) {
	c := p.frame
	if day := at.Format("02/01/2006"); day != p.dayOf {
		p.dayOf, p.day = day, stencil(p.small, day)
	}
	c.stamp(p.day, (c.w-p.day.Rect.Dx())/2, c.h*49/100, white, 220)
	var text [12]byte
	clock := at.AppendFormat(text[:0], "15:04:05.000")
	wide := p.glyphs['0'].Rect.Dx() - 2
	left := (c.w - wide*len(clock)) / 2
	for i, sign := range clock {
		c.stamp(p.glyphs[sign], left+i*wide, c.h*57/100, white, 255)
	}
}

// disc is a round mask with a soft edge.
func disc(radius int) *image.Alpha {
	mask := image.NewAlpha(image.Rect(0, 0, 2*radius, 2*radius))
	for y := range 2 * radius {
		for x := range 2 * radius {
			far := math.Hypot(float64(x-radius)+0.5, float64(y-radius)+0.5) / float64(radius)
			mask.Pix[y*mask.Stride+x] = byte(255 * min(1, max(0, (1-far)*4)))
		}
	}
	return mask
}
