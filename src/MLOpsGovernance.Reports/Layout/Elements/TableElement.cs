namespace MLOpsGovernance.Reports.Layout.Elements;

internal sealed class TableCell : ContainerElement, ITableCellContainer
{
    /// <summary>From 1; 0 until the cell has its place.</summary>
    public int Row { get; set; }

    public int Column { get; set; }

    public int RowSpan { get; set; } = 1;

    public int ColumnSpan { get; set; } = 1;

    public bool Done { get; set; }

    public int LastRow => Row + RowSpan - 1;

    public override string Name => $"Table cell (row {Row}, column {Column})";
}

/// <summary>A grid of cells that goes on over pages between whole rows where it can, and within a row where the row alone is higher than what is left for it.</summary>
internal sealed class TableElement : Element
{
    private readonly List<(float Size, bool Relative)> _columns = [];
    private List<List<TableCell>> _rows = [];
    private int _next;
    private bool _drawnAny;
    private (Size Space, Drawing Drawing)? _placed;

    public List<TableCell> Cells { get; } = [];

    public bool ExtendLastCells { get; set; }

    public override IEnumerable<Element> Children => Cells;

    public int ColumnCount => _columns.Count;

    public void AddColumn(float size, bool relative) => _columns.Add((size, relative));

    public void CopyColumns(TableElement from) => _columns.AddRange(from._columns);

    public void Arrange()
    {
        if (_columns.Count == 0 && Cells.Count > 0) throw new DocumentComposeException("Table has cells and no columns: call ColumnsDefinition.");
        TablePlaces.Give(Cells, _columns.Count);
        _rows = [.. Enumerable.Range(0, Cells.Count == 0 ? 0 : Cells.Max(static c => c.LastRow)).Select(static _ => new List<TableCell>())];
        foreach (var cell in Cells.OrderBy(static c => c.Row).ThenBy(static c => c.Column)) _rows[cell.Row - 1].Add(cell);
    }

    public override void Inherit(Inherited around)
    {
        if (around.Direction == ContentDirection.RightToLeft)
        {
            _columns.Reverse();
            foreach (var cell in Cells) cell.Column = _columns.Count - cell.Column - cell.ColumnSpan + 2;
        }

        base.Inherit(around);
    }

    protected override SpacePlan Plan(Size space)
    {
        if (_next >= _rows.Count) return SpacePlan.Empty;
        var drawing = Placed(space);
        if (drawing.Refused is { } refused) return refused;
        var width = drawing.Widths.Sum();
        return drawing.Whole ? SpacePlan.Full(width, drawing.Height) : SpacePlan.Partial(width, drawing.Height);
    }

    protected override void Paint(Size space, PageContext page)
    {
        var drawing = Placed(space);
        _placed = null;
        foreach (var (cell, left, top, width, height, plan) in drawing.Cells)
        {
            page.Move(left, top);
            cell.Draw(new(width, height), page);
            page.Move(-left, -top);
            cell.Done = plan.IsDone;
        }

        _drawnAny = true;
        _next = drawing.Until;
    }

    protected override void Restart(bool fromTheStart)
    {
        (_next, _drawnAny, _placed) = (0, false, null);
        foreach (var cell in Cells) cell.Done = false;
    }

    private float[] Widths(float width)
    {
        var rest = Math.Max(0, width - _columns.Where(static c => !c.Relative).Sum(static c => c.Size));
        var shares = _columns.Where(static c => c.Relative).Sum(static c => c.Size);
        return [.. _columns.Select(c => c.Relative ? rest * c.Size / shares : c.Size)];
    }

    /// <summary>What was measured is what is drawn: also where a table that fits whole is then given just its height.</summary>
    private Drawing Placed(Size space)
    {
        if (_placed is { } known && known.Space.Width.Equals(space.Width) && (known.Space.Height.Equals(space.Height) || (known.Drawing is { Refused: null, Whole: true } && known.Drawing.Height.Equals(space.Height)))) return known.Drawing;
        var drawing = Place(space);
        _placed = (space, drawing);
        return drawing;
    }

    /// <summary>Rows from where it stopped. A row none of whose cells can begin goes to the next page whole; a cell that fits partly ends the page in its row.</summary>
    private Drawing Place(Size space)
    {
        var widths = Widths(space.Width);
        if (widths.Sum() > space.Width + Tolerance) return new(widths, SpacePlan.Wrap(this, $"its columns are {widths.Sum():0.#} points wide where {space.Width:0.#} are left"));
        var lefts = new float[widths.Length + 1];
        for (var i = 0; i < widths.Length; i++) lefts[i + 1] = lefts[i] + widths[i];
        List<PlacedCell> cells = [];
        Dictionary<int, float> bottoms = [];
        var row = _next;
        var (last, refused) = (_rows.Count - 1, (SpacePlan?)null);
        for (; row <= last; row++)
        {
            var top = row == _next ? 0 : bottoms[row - 1];
            var bottom = Math.Max(top, bottoms.GetValueOrDefault(row));
            List<PlacedCell> beginning = [];
            foreach (var cell in Beginning(row))
            {
                if (cell.Done) continue;
                var (left, width) = (lefts[cell.Column - 1], lefts[cell.Column - 1 + cell.ColumnSpan] - lefts[cell.Column - 1]);
                var plan = space.Height - top < -Tolerance ? SpacePlan.Wrap(this, "has no height left") : cell.Measure(new(width, Math.Max(0, space.Height - top)));
                if (plan.Fit == Fit.Wrap)
                {
                    refused = plan;
                    last = row - 1;
                    break;
                }

                if (plan.Fit == Fit.Partial) last = row;
                beginning.Add(new(cell, left, top, width, plan.Height, plan));
            }

            if (last < row) break;
            foreach (var placed in beginning)
            {
                var ends = placed.Cell.LastRow - 1;
                bottoms[ends] = Math.Max(bottoms.GetValueOrDefault(ends), placed.Top + placed.Plan.Height);
                if (ends == row) bottom = Math.Max(bottom, placed.Top + placed.Plan.Height);
            }

            cells.AddRange(beginning);
            bottoms[row] = bottom;
        }

        if (row == _next && cells.Count == 0) return new(widths, refused ?? SpacePlan.Wrap(this, "none of its rows fits"));
        var split = cells.Where(static c => c.Plan.Fit == Fit.Partial).Select(static c => c.Cell.Row - 1).DefaultIfEmpty(int.MaxValue).Min();
        var height = cells.Count == 0 ? 0 : split < int.MaxValue ? space.Height : Math.Max(bottoms.GetValueOrDefault(row - 1), cells.Max(static c => c.Top + c.Plan.Height));
        for (var i = 0; i < cells.Count; i++)
        {
            var end = cells[i].Cell.LastRow - 1;
            cells[i] = cells[i] with { Height = (end < row && !(ExtendLastCells && end == _rows.Count - 1) ? bottoms[end] : height) - cells[i].Top };
        }

        var until = Math.Max(_next, Math.Min(row, split));
        return new(widths, null, cells, height, until, until >= _rows.Count);
    }

    /// <summary>Those of the row, and on a new page also those that began in an earlier one and are not at their end.</summary>
    private IEnumerable<TableCell> Beginning(int row) => row == _next && _drawnAny
        ? Enumerable.Range(Math.Max(0, row - 200), Math.Min(row, 200) + 1).SelectMany(r => _rows[r]).Where(c => !c.Done && c.LastRow > row)
        : _rows[row];

    /// <param name="Until">The first row that is not at its end.</param>
    private sealed record Drawing(float[] Widths, SpacePlan? Refused, List<PlacedCell> Cells, float Height, int Until, bool Whole)
    {
        public Drawing(float[] widths, SpacePlan refused) : this(widths, refused, [], 0, 0, false)
        {
        }
    }

    private readonly record struct PlacedCell(TableCell Cell, float Left, float Top, float Width, float Height, SpacePlan Plan);
}
