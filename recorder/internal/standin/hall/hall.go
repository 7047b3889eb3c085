// Package hall speaks to the web part the way the browser of a hall does: it
// signs in with the hall's name and password and asks for tickets to the room.
package hall

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"strings"
	"time"
)

const signInPath = "/dang-nhap/diem-cau/"

// Client keeps the session of one hall.
type Client struct {
	web          *url.URL
	name         string
	passwordFile string
	takeover     bool
	http         *http.Client
	room         string // path of the room, known after signing in
}

// Ticket admits to the LiveKit room once.
type Ticket struct {
	URL      string          `json:"url"`
	Token    string          `json:"token"`
	Identity string          `json:"identity"`
	State    json.RawMessage `json:"state"`
}

// Refusal is the web part's own "no".
type Refusal struct {
	Status   int
	Code     string `json:"code"`
	Sentence string `json:"sentence"`
	SignIn   bool   `json:"-"` // said to a name and password, not to a session
}

func (r *Refusal) Error() string {
	words := r.Sentence
	if words == "" {
		words = http.StatusText(r.Status)
	}
	return fmt.Sprintf("refused (%d %s): %s", r.Status, r.Code, words)
}

// New prepares a client; takeover moves the hall to this machine when another
// one holds it.
func New(web, name, passwordFile string, takeover bool) (*Client, error) {
	address, err := url.Parse(strings.TrimRight(web, "/"))
	if err != nil || address.Host == "" {
		return nil, fmt.Errorf("-web %q is no address", web)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	return &Client{
		web: address, name: name, passwordFile: passwordFile, takeover: takeover,
		http: &http.Client{
			Jar: jar, Timeout: 8 * time.Second,
			// a redirect is an answer here (back to the sign-in page), not a detour
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}, nil
}

// SignedIn says whether a room is known from an earlier sign-in.
func (c *Client) SignedIn() bool { return c.room != "" }

// Forget makes the next attempt sign in again.
func (c *Client) Forget() { c.room = "" }

// SignIn opens a session. The password is read each time: a hall may be given a
// new one while its stand-in runs.
func (c *Client) SignIn(ctx context.Context) error {
	c.room = ""
	password, err := os.ReadFile(c.passwordFile)
	if err != nil {
		return err
	}
	// the sign-in page gives the CSRF cookie
	if _, err := c.send(ctx, http.MethodGet, signInPath, nil); err != nil {
		var refusal *Refusal
		// a page that sends an already signed-in hall on is as good
		if !errors.As(err, &refusal) || refusal.Status/100 != 3 {
			return err
		}
	}
	form := url.Values{"name": {c.name}, "password": {strings.TrimSpace(string(password))}}
	body, err := c.send(ctx, http.MethodPost, signInPath, form)
	if refusal := (*Refusal)(nil); errors.As(err, &refusal) {
		refusal.SignIn = true
	}
	if err != nil {
		return err
	}
	var answer struct {
		Next string `json:"next"`
		Room string `json:"room"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return fmt.Errorf("sign-in answer: %w", err)
	}
	if answer.Room == "" {
		return &Refusal{SignIn: true, Status: http.StatusOK, Code: "not_yet", Sentence: "no reception for this hall yet"}
	}
	c.room = strings.TrimRight(answer.Room, "/") + "/"
	return nil
}

// Ticket asks for admission to the room.
func (c *Client) Ticket(ctx context.Context) (Ticket, error) {
	form := url.Values{}
	if c.takeover {
		form.Set("takeover", "1")
	}
	body, err := c.send(ctx, http.MethodPost, c.room+"ve/", form)
	if err != nil {
		return Ticket{}, err
	}
	var ticket Ticket
	if err := json.Unmarshal(body, &ticket); err != nil {
		return Ticket{}, fmt.Errorf("ticket: %w", err)
	}
	if ticket.URL == "" || ticket.Token == "" {
		return Ticket{}, errors.New("ticket without address or token")
	}
	return ticket, nil
}

// send makes one request with what a browser would add, and gives the body of a
// 200 answer.
func (c *Client) send(ctx context.Context, method, path string, form url.Values) ([]byte, error) {
	address := c.web.JoinPath(path).String()
	request, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Referer", c.web.JoinPath(path).String())
	if method == http.MethodPost {
		request.Header.Set("Accept", "application/json")
		request.Header.Set("Origin", c.web.Scheme+"://"+c.web.Host)
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Header.Set("X-CSRFToken", c.cookie("csrftoken"))
	}
	answer, err := c.http.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, 1<<20))
	if err != nil {
		return nil, err
	}
	if answer.StatusCode == http.StatusOK {
		return body, nil
	}
	refusal := &Refusal{}
	_ = json.Unmarshal(body, refusal) // a page instead of JSON leaves it without a code
	refusal.Status = answer.StatusCode
	return nil, refusal
}

func (c *Client) cookie(name string) string {
	for _, cookie := range c.http.Jar.Cookies(c.web) {
		if cookie.Name == name {
			return cookie.Value
		}
	}
	return ""
}
