// Package config reads the configuration file into typed options. It checks
// the whole file and tells everything that is wrong with it at once, by line.
// It leaves to others what the options do.
package config

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"steerco/rules"
	"steerco/sync/gsheets/address"
	"steerco/sync/planread"
)

// FileName is what the configuration is called in the folder in which steerco
// is started.
const FileName = "steerco.yaml"

// Config is a configuration file that was checked wholly. It is not changed
// after it was read.
type Config struct {
	// Defaults are what stands at the top for all plans: they hold for a
	// workbook that is named by its path or address too. It has neither name,
	// file nor spreadsheet.
	Defaults Plan
	// Google tells how to sign in for spreadsheets.
	Google Google
	// Plans are the plans in the order of the file. There may be none.
	Plans []Plan
}

// Plan is what the configuration says about one plan.
type Plan struct {
	// Name is the name under which it is called; unique in a Config.
	Name string
	// File is the path of its workbook; relative ones are made from the folder
	// of the configuration. Empty: it is a spreadsheet.
	File string
	// Spreadsheet is where its spreadsheet is; zero: it is a file.
	Spreadsheet address.Spreadsheet
	// TimeZone tells when its day begins; nil: that of its spreadsheet, else the
	// machine's.
	TimeZone *time.Location
	// Reading tells how its workbook is read, and what its settings table may
	// leave out.
	Reading planread.Options
	// Tabs are the titles of its tabs.
	Tabs Tabs
	// Templates is the folder with its own templates; empty: those built in.
	Templates string
	// Rules tune, mute and re-grade the rules that judge it.
	Rules rules.Options
}

// Google tells how to sign in. The zero value leaves it to the environment, and
// to what "steerco auth google" has stored.
type Google struct {
	// ServiceAccount is the path of the key file of a service account; relative
	// ones are made from the folder of the configuration. Empty: none.
	ServiceAccount string
}

// Tabs are titles of tabs by their keys. The zero value leaves the usual ones.
type Tabs struct{ Summary, Committee string }

// Plan returns the plan of a name.
func (c *Config) Plan(name string) (Plan, bool) {
	for _, p := range c.Plans {
		if p.Name == name {
			return p, true
		}
	}
	return Plan{}, false
}

// Load reads a configuration file. What is wrong with its content comes as
// Errors; a file that isn't there as an error that is fs.ErrNotExist.
func Load(path string) (*Config, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("read configuration: %w", err)
	}
	if info.Size() > maxSize {
		return nil, fmt.Errorf("read configuration %q: it has %d bytes, which no configuration has: %w", path, info.Size(), fs.ErrInvalid)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read configuration: %w", err)
	}
	return Parse(path, content)
}

// maxSize bounds a configuration, so that a wrong file isn't read at length.
const maxSize = 1 << 20

// Parse reads the content of a configuration file. The path is for messages
// and for relative paths in it. What is wrong comes as Errors, all at once.
func Parse(path string, content []byte) (*Config, error) {
	d := &decoder{path: path, folder: filepath.Dir(path)}
	c := d.config(content)
	if len(d.errs) > 0 {
		return nil, d.sorted()
	}
	return c, nil
}
