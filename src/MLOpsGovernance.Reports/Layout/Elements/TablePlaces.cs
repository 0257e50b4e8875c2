namespace MLOpsGovernance.Reports.Layout.Elements;

/// <summary>Gives each cell its row and column: those without a position fill what is free, row by row from left to right.</summary>
internal static class TablePlaces
{
    public static void Give(IReadOnlyList<TableCell> cells, int columns)
    {
        HashSet<(int Row, int Column)> taken = [];
        foreach (var cell in cells.Where(static c => c is { Row: > 0, Column: > 0 })) Take(cell, columns, taken);
        var (row, column) = (1, 1);
        foreach (var cell in cells.Where(static c => c.Row == 0 || c.Column == 0))
        {
            if (cell.Row > 0) (row, column) = (cell.Row, 1);
            else if (cell.Column > 0)
            {
                if (cell.Column < column) row++;
                column = cell.Column;
            }

            while (!Free(cell, row, column, columns, taken)) (row, column) = cell.Column > 0 ? (row + 1, column) : column < columns ? (row, column + 1) : (row + 1, 1);
            (cell.Row, cell.Column) = (row, column);
            Take(cell, columns, taken);
        }
    }

    private static bool Free(TableCell cell, int row, int column, int columns, HashSet<(int, int)> taken)
    {
        if (cell.ColumnSpan > columns) throw new DocumentComposeException($"A table cell spans {cell.ColumnSpan} columns where there are {columns}.");
        if (column + cell.ColumnSpan - 1 > columns) return false;
        for (var r = row; r < row + cell.RowSpan; r++)
        {
            for (var c = column; c < column + cell.ColumnSpan; c++)
                if (taken.Contains((r, c))) return false;
        }

        return true;
    }

    private static void Take(TableCell cell, int columns, HashSet<(int, int)> taken)
    {
        if (cell.Column + cell.ColumnSpan - 1 > columns) throw new DocumentComposeException($"{cell.Name} spans to column {cell.Column + cell.ColumnSpan - 1} where there are {columns}.");
        for (var r = cell.Row; r <= cell.LastRow; r++)
        {
            for (var c = cell.Column; c < cell.Column + cell.ColumnSpan; c++) taken.Add((r, c));
        }
    }
}
