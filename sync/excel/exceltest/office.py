"""Drives LibreOffice for the tests: reads one request a line in JSON from
stdin, answers one line in JSON on stdout. Ends, and ends the office, when
stdin is closed."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
import traceback

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.table import CellAddress, CellRangeAddress, TableSortField

LOCALE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>%s</value></prop></item>
</oor:items>
"""
# Of how many cells of a sheet the displayed text is asked for, one by one; of
# the others the value is told.
MOST_SHOWN = 1500
# How long one request may take, in seconds, before the office is killed.
PATIENCE = 60


def prop(name, value):
    p = PropertyValue()
    p.Name, p.Value = name, value
    return p


def props(**values):
    return tuple(prop(k, v) for k, v in values.items())


class Office:
    """One office process with a profile of its own."""

    def __init__(self, profile, locale):
        self.profile = profile
        self.locale = locale
        self.process = None
        self.desktop = None
        self.started = 0
        self.doc = None

    def start(self):
        self.started += 1
        pipe = "steerco-%d-%d" % (os.getpid(), self.started)
        profile = os.path.join(self.profile, str(self.started))
        if self.locale:
            settings = os.path.join(profile, "user", "registrymodifications.xcu")
            os.makedirs(os.path.dirname(settings))
            with open(settings, "w") as f:
                f.write(LOCALE % self.locale)
        self.process = subprocess.Popen(
            ["soffice", "--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nolockcheck",
             "-env:UserInstallation=file://" + profile,
             "--accept=pipe,name=%s;urp;" % pipe],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        end = time.monotonic() + 90
        while True:
            try:
                context = resolver.resolve("uno:pipe,name=%s;urp;StarOffice.ComponentContext" % pipe)
                break
            except Exception:
                if time.monotonic() > end or self.process.poll() is not None:
                    raise
                time.sleep(0.1)
        self.desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)

    def kill(self):
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def stop(self):
        if self.process is None:
            return
        try:
            self.close()
            self.desktop.terminate()
            self.process.wait(timeout=10)
        except Exception:
            self.kill()
            self.process.wait()
        self.process = self.desktop = self.doc = None

    def close(self):
        if self.doc is not None:
            doc, self.doc = self.doc, None
            doc.close(True)


class Operations:
    """What can be asked for: each method is a request."""

    def __init__(self, office):
        self.office = office

    def open(self, path, **_):
        self.office.close()
        if self.office.desktop is None:
            self.office.start()
        doc = self.office.desktop.loadComponentFromURL(
            uno.systemPathToFileUrl(path), "_blank", 0, props(Hidden=True, MacroExecutionMode=0, UpdateDocMode=0))
        if doc is None or not hasattr(doc, "Sheets"):
            raise RuntimeError("the office doesn't open it as a spreadsheet")
        self.office.doc = doc
        return None

    def save(self, path, **_):
        self.office.doc.storeToURL(
            uno.systemPathToFileUrl(path), props(FilterName="Calc MS Excel 2007 XML", Overwrite=True))

    def close(self, **_):
        self.office.close()

    def pdf(self, path, sheet, **_):
        """Prints one sheet, or the whole workbook where there is no name."""
        if sheet:
            self.only(sheet)
        self.office.doc.storeToURL(uno.systemPathToFileUrl(path), props(FilterName="calc_pdf_Export", Overwrite=True))

    def unscaled(self, sheet, **_):
        """Has a sheet printed in its own size instead of fitted to pages."""
        doc = self.office.doc
        name = doc.Sheets.getByName(sheet).PageStyle
        style = doc.StyleFamilies.getByName("PageStyles").getByName(name)
        style.ScaleToPages = style.ScaleToPagesX = style.ScaleToPagesY = 0
        style.PageScale = 100

    def only(self, sheet):
        """Hides the sheets that aren't to be printed."""
        sheets = self.office.doc.Sheets
        sheets.getByName(sheet).IsVisible = True
        for s in sheets:
            if s.Name != sheet:
                s.IsVisible = False

    def sheets(self, **_):
        return [{"name": s.Name, "hidden": not s.IsVisible} for s in self.office.doc.Sheets]

    def cells(self, sheet, **_):
        """Returns what every used cell of a sheet shows, in rows."""
        s = self.office.doc.Sheets.getByName(sheet)
        cursor = s.createCursor()
        cursor.gotoEndOfUsedArea(False)
        last = cursor.RangeAddress
        out = []
        rows = min(last.EndRow, 1999)
        columns = min(last.EndColumn, 199)
        used = s.getCellRangeByPosition(0, 0, columns, rows)
        formulas = used.getFormulaArray()
        for r, row in enumerate(used.getDataArray()):
            for c, v in enumerate(row):
                if v != "":
                    shown = s.getCellByPosition(c, r).String if len(out) < MOST_SHOWN else str(v)
                    out.append([r, c, shown, formulas[r][c]])
        return out

    def set(self, sheet, row, column, text=None, number=None, formula=None, **_):
        cell = self.office.doc.Sheets.getByName(sheet).getCellByPosition(column, row)
        if formula:
            cell.Formula = formula
        elif number is not None:
            cell.Value = number
        else:
            cell.String = text or ""

    def sort(self, sheet, range, column, descending=False, **_):
        field = TableSortField()
        field.Field, field.IsAscending = column, not descending
        self.cell_range(sheet, range).sort((
            prop("SortFields", uno.Any("[]com.sun.star.table.TableSortField", (field,))),
            prop("ContainsHeader", False),
            prop("BindFormatsToContent", False)))

    def insert_rows(self, sheet, row, count, **_):
        self.office.doc.Sheets.getByName(sheet).Rows.insertByIndex(row, count)

    def delete_rows(self, sheet, row, count, **_):
        self.office.doc.Sheets.getByName(sheet).Rows.removeByIndex(row, count)

    def insert_columns(self, sheet, column, count, **_):
        self.office.doc.Sheets.getByName(sheet).Columns.insertByIndex(column, count)

    def rename_sheet(self, sheet, to, **_):
        self.office.doc.Sheets.getByName(sheet).Name = to

    def delete_sheet(self, sheet, **_):
        self.office.doc.Sheets.removeByName(sheet)

    def copy_sheet(self, sheet, to, **_):
        self.office.doc.Sheets.copyByName(sheet, to, self.office.doc.Sheets.Count)

    def move_sheet(self, sheet, position, **_):
        self.office.doc.Sheets.moveByName(sheet, position)

    def show_sheet(self, sheet, visible, **_):
        self.office.doc.Sheets.getByName(sheet).IsVisible = visible

    def move(self, sheet, range, row, column, **_):
        """Cuts a range and pastes it: what stood there is overwritten."""
        s = self.office.doc.Sheets.getByName(sheet)
        s.moveRange(self.address(row, column, s), self.cell_range(sheet, range).RangeAddress)

    def copy(self, sheet, range, row, column, to="", **_):
        s = self.office.doc.Sheets.getByName(sheet)
        target = self.office.doc.Sheets.getByName(to or sheet)
        s.copyRange(self.address(row, column, target), self.cell_range(sheet, range).RangeAddress)

    def formats(self, sheet, **_):
        """Returns the conditional formats of a sheet: ranges and conditions."""
        out = []
        for f in self.office.doc.Sheets.getByName(sheet).ConditionalFormats.ConditionalFormats:
            ranges = f.Range.RangeAddressesAsString
            for i in range(f.Count):
                entry = f.getByIndex(i)
                out.append({"range": ranges, "formula": getattr(entry, "Formula1", ""), "style": getattr(entry, "StyleName", "")})
        return out

    def cell_range(self, sheet, r):
        s = self.office.doc.Sheets.getByName(sheet)
        return s.getCellRangeByPosition(r["FirstColumn"], r["FirstRow"], r["LastColumn"], r["LastRow"])

    def address(self, row, column, sheet):
        a = CellAddress()
        a.Sheet, a.Column, a.Row = sheet.RangeAddress.Sheet, column, row
        return a


def answer(operations, office, request):
    name = request.pop("op")
    watch = threading.Timer(PATIENCE, office.kill)
    watch.start()
    try:
        return {"result": getattr(operations, name)(**request)}
    except Exception as e:
        if office.process is None or office.process.poll() is not None or "Disposed" in type(e).__name__:
            office.stop()
        return {"error": "%s: %s" % (name, "".join(traceback.format_exception_only(type(e), e)).strip())}
    finally:
        watch.cancel()


def main():
    office = Office(sys.argv[1], sys.argv[2])
    try:
        office.start()
        operations = Operations(office)
        print(json.dumps({"result": "ready"}), flush=True)
        for line in sys.stdin:
            print(json.dumps(answer(operations, office, json.loads(line))), flush=True)
    finally:
        office.stop()


main()
