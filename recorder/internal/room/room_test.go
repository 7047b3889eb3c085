package room

import "testing"

func TestHallOf(t *testing.T) {
	for identity, want := range map[string]string{
		"p7.12": "p7", "p123": "p123", "p7.12.3": "p7",
		"s4.xyz": "", "r.t1": "", "p": "", "p.1": "", "px.1": "", "": "", "person.1": "",
	} {
		if got := hallOf(identity); got != want {
			t.Errorf("%q: %q, want %q", identity, got, want)
		}
	}
}

func TestPointsStayInTheFolder(t *testing.T) {
	r := New(nil, Ticket{Halls: map[string]string{"p1": "xa-thanh-loc", "p2": "../etc", "p3": "a/b", "p4": ""}})
	for hall, want := range map[string]string{"p1": "xa-thanh-loc", "p2": "p2", "p3": "p3", "p4": "p4", "p9": "p9"} {
		if got := r.point(hall, nil); got != want {
			t.Errorf("%s: %q, want %q", hall, got, want)
		}
	}
}
