package take

import (
	"encoding/json"
	"strconv"
	"time"
)

// Opened is the "open" line of index.jsonl.
type Opened struct {
	ID     int     `json:"id"`
	File   string  `json:"file"`
	Hall   string  `json:"hall"`
	Point  string  `json:"point"`
	Source string  `json:"source"`
	Codec  string  `json:"codec"`
	Width  int     `json:"width"`
	Height int     `json:"height"`
	Header int64   `json:"header"`
	Wall   float64 `json:"wall"`
}

// Closed is the "close" line of index.jsonl.
type Closed struct {
	ID       int     `json:"id"`
	Wall     float64 `json:"wall"`
	Duration float64 `json:"duration"`
	Bytes    int64   `json:"bytes"`
}

func indexLine(kind string, v any) []byte {
	line, err := json.Marshal(map[string]any{kind: v})
	if err != nil {
		panic(err)
	}
	return append(line, '\n')
}

// Unix is a time as the index has it: seconds with milliseconds.
func Unix(t time.Time) float64 { return float64(t.UnixMilli()) / 1000 }

// run is one entry of the index: whole adjacent clusters of about a second, or up to the next keyframe.
// Clusters are handed to the disk several times a second; an entry for each would make the index of a
// long reception too large to be fetched by a player.
type run struct {
	offset, length, time, last int64
	key                        bool
}

const runLength = 900 // ms: with a flush of 250 ms an entry is ready once a second

// clusterLine builds {"clusters":{"1":[[…]],…}} for one flush by hand: it is the most frequent line.
type clusterLine struct {
	buf  []byte
	file int
}

func (c *clusterLine) add(file int, r run) {
	switch {
	case len(c.buf) == 0:
		c.buf = append(c.buf, `{"clusters":{"`...)
	case c.file != file:
		c.buf = append(c.buf, `],"`...)
	}
	if c.file != file {
		c.buf = strconv.AppendInt(c.buf, int64(file), 10)
		c.buf = append(c.buf, `":[`...)
		c.file = file
	} else {
		c.buf = append(c.buf, ',')
	}
	c.buf = append(c.buf, '[')
	for _, v := range [...]int64{r.offset, r.length, r.time} {
		c.buf = strconv.AppendInt(c.buf, v, 10)
		c.buf = append(c.buf, ',')
	}
	if r.key {
		c.buf = append(c.buf, "1]"...)
	} else {
		c.buf = append(c.buf, "0]"...)
	}
}

// take returns the line, nil when there is none, and begins anew. The bytes are valid until the next add.
func (c *clusterLine) take() []byte {
	if len(c.buf) == 0 {
		return nil
	}
	line := append(c.buf, "]}}\n"...)
	c.buf, c.file = line[:0], 0
	return line
}
