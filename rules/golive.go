package rules

import (
	"fmt"
	"slices"

	"steerco/rules/calendar"
	"steerco/rules/plan"
)

// aboutSetting returns a finding about a setting of the project. It is the
// project manager's to bring about.
func (f *facts) aboutSetting(s plan.Field, severity Severity) Finding {
	return Finding{
		Severity: severity, At: f.plan.Settings.At[s], Key: string(s), Subject: string(s), Owner: f.plan.Settings.PM,
	}
}

// sponsor returns who agrees to dates of go-live.
func (f *facts) sponsor() string {
	if namesNobody(f.plan.Settings.Sponsor) {
		return "the sponsor"
	}
	return f.plan.Settings.Sponsor
}

// unreadSetting returns the finding for a setting whose cell can't be read.
func (f *facts) unreadSetting(s plan.Field) (Finding, bool) {
	at, ok := f.plan.Settings.At[s]
	i := slices.IndexFunc(f.plan.Faults, func(fault plan.Fault) bool { return fault.At.Row == at.Row && !fault.Doubt })
	if !ok || at.IsZero() || i < 0 {
		return Finding{}, false
	}
	found := f.aboutSetting(s, CannotJudge)
	found.Text = fmt.Sprintf("the %s can't be read: %s", s, f.plan.Faults[i].Text)
	found.Advice = f.plan.Faults[i].Fix
	return found, true
}

// NoTarget returns the rule which reports a project without a date for go-live.
func NoTarget() Rule {
	return Rule{
		Name: "no-target",
		Doc: `No target for go-live

Neither a setting nor a row of the plan tells the date planned for go-live, so
that nothing can be held against it: a warning. A target taken from the row that
looks like go-live is a note, until somebody enters it in the settings.`,
		Check: func(in Input) []Finding { return noTarget(in.look()) },
	}
}

func noTarget(f *facts) []Finding {
	s := f.plan.Settings
	if f.plan.IsLive() || !s.Target.IsZero() && !s.TargetGuessed {
		return nil
	}
	if unread, ok := f.unreadSetting(plan.SettingTarget); ok {
		return []Finding{unread}
	}
	found := f.aboutSetting(plan.SettingTarget, Warning)
	found.Text = "no target: nothing tells the date planned for go-live"
	found.Advice = "agree the date with " + f.sponsor() + ", and enter it in the settings as target"
	if s.TargetGuessed && !s.Target.IsZero() {
		found.Severity, found.Due = Note, s.Target
		found.Text = fmt.Sprintf("target %s is a guess%s", s.Target, f.fromGoLiveRow())
		found.Advice = "enter the target in the settings"
	}
	return []Finding{found}
}

// fromGoLiveRow says where a guessed target comes from, as an addition to a text.
func (f *facts) fromGoLiveRow() string {
	if f.plan.GoLive < 0 {
		return ""
	}
	return ", taken from the row " + named(&f.plan.Tasks[f.plan.GoLive])
}

// NoBackup returns the rule which reports a project without a second date.
func NoBackup() Rule {
	return Rule{
		Name: "no-backup",
		Doc: `No backup date for go-live

A target needs a backup: a later date to which go-live can be moved in comfort.
A warning where there is none, or where it isn't later than the target.`,
		Check: func(in Input) []Finding { return noBackup(in.look()) },
	}
}

func noBackup(f *facts) []Finding {
	s := f.plan.Settings
	if f.plan.IsLive() || !s.Backup.IsZero() && s.Backup > s.Target {
		return nil
	}
	if unread, ok := f.unreadSetting(plan.SettingBackup); ok && s.Backup.IsZero() {
		return []Finding{unread}
	}
	found := f.aboutSetting(plan.SettingBackup, Warning)
	found.Text = "no backup: nothing tells the date to which go-live can be moved"
	found.Advice = "agree a backup with " + f.sponsor() + ", and enter it in the settings"
	if !s.Target.IsZero() {
		found.Text += fmt.Sprintf(" (target %s)", s.Target)
		found.Advice = fmt.Sprintf("agree a backup after %s with %s, and enter it in the settings", s.Target, f.sponsor())
	}
	if !s.Backup.IsZero() {
		found.Due = s.Backup
		found.Text = fmt.Sprintf("the backup %s is not after the target %s", s.Backup, s.Target)
	}
	return []Finding{found}
}

// FinishAfterTarget returns the rule which reports work that go-live needs and
// that is planned to end after the target.
func FinishAfterTarget() Rule {
	return Rule{
		Name: "finish-after-target",
		Doc: `Planned finish after the target

An open task that go-live needs is planned to finish after the target: either
the task, the scope or the target has to move, so it is critical. Needed is what
leads to go-live by links, and besides everything that isn't marked as coming
after go-live and doesn't start after the target without a baseline before it.
What goes on beside the project ("Weekly meeting", or without any link and longer
than half of it) isn't needed. Where nothing tells what is done, tasks whose finish lies ahead are taken as
open.`,
		Check: func(in Input) []Finding { return afterTarget(in.look()) },
	}
}

func afterTarget(f *facts) []Finding {
	target := f.plan.Settings.Target
	switch {
	case f.leaves == 0 || f.plan.IsLive():
		return nil
	case target.IsZero():
		return []Finding{cannotJudge("target", "no target tells the date planned for go-live", "enter the target in the settings")}
	case !f.hasFinish():
		return []Finding{noColumn(plan.Tasks, "finish", "add a finish column, or map yours to it in the configuration")}
	}
	var found []Finding
	f.judged(func(i int, t *plan.Task) {
		finish := f.rolled[i].Finish
		if finish > target && f.needed[i] {
			found = append(found, f.tooLate(i, t, finish))
		}
	})
	return found
}

func (f *facts) tooLate(i int, t *plan.Task, finish calendar.Date) Finding {
	target := f.plan.Settings.Target
	found := f.aboutTask(t, finishField(t))
	found.Due = finish
	over := fmt.Sprintf("planned finish %s is after the target %s", finish, target)
	if days := f.cal.Between(target, finish); days > 0 {
		over = fmt.Sprintf("planned finish %s is %s after the target %s", finish, workdays(days), target)
	}
	if f.plan.Settings.TargetGuessed {
		over += f.fromGoLiveRow()
	}
	if !f.isOpen(i) && t.State == plan.Unknown {
		found.Severity, found.Text = CannotJudge, over+", but "+whyUnknown(t)
		found.Advice = ask(found.Owner, "where it stands, and enter it")
		return found
	}
	found.Severity, found.Text = f.severity(i, finish), over
	found.Advice = ask(found.Owner, "what would bring it before the target, or mark it as coming after go-live")
	if i == f.plan.GoLive {
		found.Advice = "bring the row and the target together by a logged decision"
	}
	f.escalate(&found)
	return found
}
