using MLOpsGovernance.Reports.Layout.Elements;

namespace MLOpsGovernance.Reports.Layout;

public interface ITableCellContainer : IContainer;

public static class TableExtensions
{
    public static void Table(this IContainer element, Action<TableDescriptor> handler)
    {
        var table = new TableDescriptor();
        handler(table);
        table.Build(element);
    }

    /// <summary>From 1.</summary>
    public static ITableCellContainer Column(this ITableCellContainer tableCellContainer, uint value) => Placed(tableCellContainer, c => c.Column = (int)value);

    public static ITableCellContainer ColumnSpan(this ITableCellContainer tableCellContainer, uint value) => Placed(tableCellContainer, c => c.ColumnSpan = Math.Max(1, (int)value));

    /// <summary>From 1.</summary>
    public static ITableCellContainer Row(this ITableCellContainer tableCellContainer, uint value) => Placed(tableCellContainer, c => c.Row = (int)value);

    public static ITableCellContainer RowSpan(this ITableCellContainer tableCellContainer, uint value) => Placed(tableCellContainer, c => c.RowSpan = Math.Max(1, (int)value));

    public static ITableCellContainer AsSemanticHorizontalHeader(this ITableCellContainer tableCellContainer) => tableCellContainer;

    private static ITableCellContainer Placed(ITableCellContainer cell, Action<TableCell> change)
    {
        change((TableCell)cell);
        return cell;
    }
}

public sealed class TableDescriptor
{
    private readonly TableElement _content = new();
    private TableElement? _header;
    private TableElement? _footer;

    internal TableDescriptor()
    {
    }

    public void ColumnsDefinition(Action<TableColumnsDefinitionDescriptor> handler) => handler(new(_content));

    public void ExtendLastCellsToTableBottom() => _content.ExtendLastCells = true;

    public void Header(Action<TableCellDescriptor> handler) => handler(new(_header = Slot(_header, "header")));

    public void Footer(Action<TableCellDescriptor> handler) => handler(new(_footer = Slot(_footer, "footer")));

    public ITableCellContainer Cell() => new TableCellDescriptor(_content).Cell();

    internal void Build(IContainer into)
    {
        _content.Arrange();
        if (_header is null && _footer is null)
        {
            into.Put(_content);
            return;
        }

        var around = into.Put(new DecorationElement());
        if (_header is not null) around.Before().Put(Repeated(_header));
        around.Content().Put(_content);
        if (_footer is not null) around.After().Put(Repeated(_footer));
    }

    private TableElement Repeated(TableElement rows)
    {
        rows.CopyColumns(_content);
        rows.Arrange();
        return rows;
    }

    private static TableElement Slot(TableElement? filled, string name) => filled is null ? new() : throw new DocumentComposeException($"The table has its {name} already.");
}

public sealed class TableColumnsDefinitionDescriptor
{
    private readonly TableElement _table;

    internal TableColumnsDefinitionDescriptor(TableElement table) => _table = table;

    public void ConstantColumn(float width, Unit unit = Unit.Point) => _table.AddColumn(width.ToSize(unit), relative: false);

    public void RelativeColumn(float width = 1) => _table.AddColumn(width, relative: true);
}

public sealed class TableCellDescriptor
{
    private readonly TableElement _table;

    internal TableCellDescriptor(TableElement table) => _table = table;

    public ITableCellContainer Cell()
    {
        var cell = new TableCell();
        _table.Cells.Add(cell);
        return cell;
    }
}
