// go-github with one client for all tickets; see rounds.hpp for what a peer does. The test CA is
// trusted through SSL_CERT_FILE.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/google/go-github/v66/github"
)

type texts struct {
	Title  string
	Body   string
	Labels []string
}

func cpuSeconds() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		log.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano()).Seconds()
}

func main() {
	port, folder, name := os.Args[1], os.Args[3], os.Args[4]
	data, err := os.ReadFile(folder + "/" + name + ".ticket.json")
	if err != nil {
		log.Fatal(err)
	}
	var ticket texts
	if err := json.Unmarshal(data, &ticket); err != nil {
		log.Fatal(err)
	}
	base := "https://localhost:" + port + "/"
	client, err := github.NewClient(nil).WithAuthToken("benchmark").WithEnterpriseURLs(base, base)
	if err != nil {
		log.Fatal(err)
	}
	open := func(count, inFlight int64) {
		left := count
		var workers sync.WaitGroup
		for i := int64(0); i < inFlight; i++ {
			workers.Add(1)
			go func() {
				defer workers.Done()
				for atomic.AddInt64(&left, -1) >= 0 {
					issue, _, err := client.Issues.Create(context.Background(), "octo", name,
						&github.IssueRequest{Title: &ticket.Title, Body: &ticket.Body, Labels: &ticket.Labels})
					if err != nil {
						log.Fatal(err)
					}
					if issue.GetNumber() <= 0 || !strings.HasPrefix(issue.GetHTMLURL(), "https://") {
						log.Fatal("this is no ticket")
					}
				}
			}()
		}
		workers.Wait()
	}
	var count, inFlight int64
	for {
		if n, _ := fmt.Scan(&count, &inFlight); n != 2 {
			return
		}
		open(inFlight, inFlight)
		cpu, begin := cpuSeconds(), time.Now()
		open(count, inFlight)
		fmt.Println(time.Since(begin).Seconds(), cpuSeconds()-cpu)
	}
}
