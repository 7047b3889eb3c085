package hall

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// web answers as the Django pages do.
func web(t *testing.T, ticket http.HandlerFunc) *httptest.Server {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /dang-nhap/diem-cau/", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "csrftoken", Value: "first", Path: "/"})
		fmt.Fprint(w, "<form>")
	})
	mux.HandleFunc("POST /dang-nhap/diem-cau/", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-CSRFToken") != "first" || r.Header.Get("Referer") == "" {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		if r.FormValue("name") != "so-nnmt" || r.FormValue("password") != "mật khẩu" {
			w.WriteHeader(http.StatusConflict)
			fmt.Fprint(w, `{"sentence":"Sai tên hoặc mật khẩu.","code":"wrong"}`)
			return
		}
		http.SetCookie(w, &http.Cookie{Name: "sessionid", Value: "s", Path: "/"})
		http.SetCookie(w, &http.Cookie{Name: "csrftoken", Value: "second", Path: "/"}) // Django turns it at sign-in
		fmt.Fprint(w, `{"next":"/diem-cau-toi/","room":"/phong/BT-2026-012/"}`)
	})
	mux.HandleFunc("POST /phong/BT-2026-012/ve/", ticket)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

func client(t *testing.T, address, password string) *Client {
	file := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(file, []byte(password+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := New(address, "so-nnmt", file, false)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestSignInAndTicket(t *testing.T) {
	server := web(t, func(w http.ResponseWriter, r *http.Request) {
		if cookie, err := r.Cookie("sessionid"); err != nil || cookie.Value != "s" || r.Header.Get("X-CSRFToken") != "second" {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		fmt.Fprint(w, `{"url":"ws://127.0.0.1:7880","token":"t","identity":"p7.12","hall":"p7","role":"point","state":{"v":1}}`)
	})
	c := client(t, server.URL, "mật khẩu")
	if c.SignedIn() {
		t.Fatal("signed in before signing in")
	}
	if err := c.SignIn(t.Context()); err != nil {
		t.Fatal(err)
	}
	ticket, err := c.Ticket(t.Context())
	if err != nil || ticket.Identity != "p7.12" || ticket.Token != "t" {
		t.Fatalf("%+v %v", ticket, err)
	}
}

func TestAWrongPasswordIsTold(t *testing.T) {
	server := web(t, http.NotFound)
	var refusal *Refusal
	if err := client(t, server.URL, "x").SignIn(t.Context()); !errors.As(err, &refusal) || refusal.Code != "wrong" || refusal.Status != 409 {
		t.Fatalf("%v", err)
	}
}

func TestPatience(t *testing.T) {
	cases := []struct {
		err    error
		pause  time.Duration
		signIn bool
	}{
		{errors.New("connection refused"), soon, false},
		{&Refusal{Status: 502}, soon, false},
		{&Refusal{Status: 409, Code: "media_down"}, soon, false},
		{&Refusal{Status: 409, Code: "removed"}, quiet, false},
		{&Refusal{Status: 409, Code: "closed"}, quiet, false},
		{&Refusal{Status: 409, Code: "elsewhere"}, quiet, false},
		{&Refusal{Status: 409, Code: "revoked"}, quiet, true},
		{&Refusal{Status: 403, Code: "signed_out"}, quiet, true},
		{&Refusal{Status: 302}, quiet, true},
		{&Refusal{Status: 409, Code: "wrong", SignIn: true}, slow, true},
		{&Refusal{Status: 503, SignIn: true}, soon, false},
		{&Refusal{Status: 403}, quiet, true},
		{&Refusal{Status: 404}, quiet, false},
	}
	for _, c := range cases {
		if pause, signIn := Patience(c.err); pause != c.pause || signIn != c.signIn {
			t.Errorf("%v: %v %v", c.err, pause, signIn)
		}
	}
}
