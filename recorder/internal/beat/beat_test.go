package beat

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tiepdan.vn/recorder/internal/take"
)

// wanted is an assignment to a room that cannot be reached: these tests are about the loop.
func wanted(id, do string) TakeWanted {
	return TakeWanted{
		ID: id, Reception: "BT-2026-012", Dir: "BT-2026-012/" + id, Room: "x", URL: "ws://127.0.0.1:1", Token: "x", Do: do,
		Halls: map[string]string{"p7": "xa-thanh-loc"}, Policy: take.Policy{FlushMS: 20, FsyncMS: 100},
	}
}

// states are the takes of a beat in order of their ids.
func states(r Request) string {
	byID := map[string]string{}
	for _, h := range r.Takes {
		byID[h.ID] = h.State
	}
	var out []string
	for _, id := range []string{"t1", "t2", "t3"} {
		if s := byID[id]; s != "" {
			out = append(out, id+" "+s)
		}
	}
	return strings.Join(out, ", ")
}

func is(want string) func(Request) bool { return func(r Request) bool { return states(r) == want } }

func TestTheLoopMakesTheAnswerTrue(t *testing.T) {
	w, archive := newWeb(t), t.TempDir()
	runLoop(t, w, archive)
	w.until(t, "an empty beat", func(r Request) bool {
		return len(r.Takes) == 0 && r.Recorder == "may-ghi-1" && r.Disk.Total >= r.Disk.Free && r.Disk.Free > 0
	})
	w.want(wanted("t1", DoRecord), wanted("t2", DoRecord))
	w.until(t, "both takes run", is("t1 joining, t2 joining"))
	w.until(t, "the reason is told", func(r Request) bool {
		return strings.HasPrefix(r.Takes[0].Error, "Không vào được phòng họp") && r.Takes[0].StartedAt != nil
	})

	w.want(wanted("t1", DoRecord), wanted("t2", DoClose))
	w.until(t, "t2 is closed and says so as long as asked", is("t1 joining, t2 closed"))
	w.until(t, "still", is("t1 joining, t2 closed"))
	w.want(wanted("t1", DoRecord))
	w.until(t, "t2 is forgotten", is("t1 joining"))

	w.want()
	w.until(t, "a take that is not wanted any more goes", is(""))
	for _, id := range []string{"t1", "t2"} {
		if chain, err := take.VerifyLedger(filepath.Join(archive, "BT-2026-012", id)); err != nil || !chain.Sealed {
			t.Errorf("%s: %+v %v", id, chain, err)
		}
	}
}

func TestWithoutAnAnswerEverythingGoesOn(t *testing.T) {
	w := newWeb(t)
	runLoop(t, w, t.TempDir())
	w.want(wanted("t1", DoRecord))
	w.until(t, "running", is("t1 joining"))
	for _, status := range []int{http.StatusInternalServerError, http.StatusUnauthorized} {
		w.answers(status)
		for range 3 {
			w.until(t, "goes on", is("t1 joining"))
		}
	}
	w.answers(http.StatusOK)
	w.want(wanted("t1", DoClose))
	w.until(t, "obeys again", is("t1 closed"))
}

func TestATakeOfAnEarlierProcess(t *testing.T) {
	w, archive := newWeb(t), t.TempDir()
	w.want(wanted("t1", DoRecord), wanted("t2", DoRecord))
	stop := runLoop(t, w, archive)
	w.until(t, "running", is("t1 joining, t2 joining"))
	stop()
	if chain, err := take.VerifyLedger(filepath.Join(archive, "BT-2026-012", "t1")); err != nil || chain.Sealed {
		t.Errorf("stopped takes are not sealed: %+v %v", chain, err)
	}

	w.want(wanted("t1", DoRecord), wanted("t2", DoClose), wanted("t3", DoClose))
	runLoop(t, w, archive)
	w.until(t, "not continued, recovered, nothing there", is("t1 failed, t2 closed, t3 closed"))
	w.want(wanted("t1", DoClose))
	w.until(t, "closed after all", is("t1 closed"))
	for _, id := range []string{"t1", "t2"} {
		if chain, err := take.VerifyLedger(filepath.Join(archive, "BT-2026-012", id)); err != nil || !chain.Sealed {
			t.Errorf("%s: %+v %v", id, chain, err)
		}
	}
}

func TestAFolderThatCannotBeMadeIsTriedAgain(t *testing.T) {
	w, archive := newWeb(t), t.TempDir()
	runLoop(t, w, archive)
	blocker := filepath.Join(archive, "BT-2026-012")
	if err := os.WriteFile(blocker, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	w.want(wanted("t1", DoRecord))
	w.until(t, "failed with a reason", func(r Request) bool { return states(r) == "t1 failed" && r.Takes[0].Error != "" })
	if err := os.Remove(blocker); err != nil {
		t.Fatal(err)
	}
	w.until(t, "running", is("t1 joining"))
}

func TestTakesStayInsideTheArchive(t *testing.T) {
	w, archive := newWeb(t), t.TempDir()
	runLoop(t, w, archive)
	outside := wanted("t1", DoRecord)
	outside.Dir = "../elsewhere"
	w.want(outside, wanted("t2", DoRecord))
	w.until(t, "only the honest one", is("t2 joining"))
}
