package picture

import "image"

// canvas is a yuv420p picture in one buffer, in the limited range (16..235)
// that VP8 expects.
type canvas struct {
	w, h    int
	pix     []byte
	y, u, v []byte
}

type colour struct{ y, u, v byte }

func newCanvas(w, h int) *canvas {
	luma, chroma := w*h, (w/2)*(h/2)
	pix := make([]byte, luma+2*chroma)
	return &canvas{w: w, h: h, pix: pix, y: pix[:luma], u: pix[luma : luma+chroma], v: pix[luma+chroma:]}
}

// rgb converts to BT.601 limited range.
func rgb(r, g, b float64) colour {
	return colour{
		y: byte(16.5 + 0.257*r + 0.504*g + 0.098*b),
		u: byte(128.5 - 0.148*r - 0.291*g + 0.439*b),
		v: byte(128.5 + 0.439*r - 0.368*g - 0.071*b),
	}
}

func mix(under, over byte, alpha int) byte {
	return byte((int(under)*(255-alpha) + int(over)*alpha + 127) / 255)
}

// stamp paints a colour through a mask, clipped to the canvas; strength (0..255)
// thins it.
func (c *canvas) stamp(mask *image.Alpha, left, top int, ink colour, strength int) {
	area := mask.Rect.Add(image.Pt(left, top)).Intersect(image.Rect(0, 0, c.w, c.h))
	for y := area.Min.Y; y < area.Max.Y; y++ {
		line := mask.Pix[(y-top)*mask.Stride:]
		for x := area.Min.X; x < area.Max.X; x++ {
			alpha := int(line[x-left])
			if alpha == 0 {
				continue
			}
			alpha = alpha * strength / 255
			at := y*c.w + x
			c.y[at] = mix(c.y[at], ink.y, alpha)
			if x&1 == 0 && y&1 == 0 {
				at = (y/2)*(c.w/2) + x/2
				c.u[at] = mix(c.u[at], ink.u, alpha)
				c.v[at] = mix(c.v[at], ink.v, alpha)
			}
		}
	}
}

// fill paints a plain rectangle, clipped to the canvas.
func (c *canvas) fill(area image.Rectangle, ink colour) {
	area = area.Intersect(image.Rect(0, 0, c.w, c.h))
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			c.y[y*c.w+x] = ink.y
			if x&1 == 0 && y&1 == 0 {
				at := (y/2)*(c.w/2) + x/2
				c.u[at], c.v[at] = ink.u, ink.v
			}
		}
	}
}
