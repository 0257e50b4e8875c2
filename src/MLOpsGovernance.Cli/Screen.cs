using System.Globalization;
using Spectre.Console;

namespace MLOpsGovernance.Cli;

/// <summary>What people read: results on standard output, everything else on standard error. Colours and wrapping only on a terminal.</summary>
internal sealed class Screen(Surroundings around)
{
    private readonly IAnsiConsole _output = Console(around.Output, around.OutputIsTerminal, around);
    private readonly IAnsiConsole _error = Console(around.Error, around.ErrorIsTerminal, around);

    /// <summary>The literal part is Spectre markup; whatever is put into it is shown as it is.</summary>
    public void Say(FormattableString line) => _output.MarkupLine(Safe(line));

    public void Note(FormattableString line) => _error.MarkupLine(Safe(line));

    /// <summary>What went wrong; further lines, indented, say where.</summary>
    public void Fail(string message)
    {
        var lines = message.Split('\n');
        Note($"[red]error:[/] {lines[0]}");
        foreach (var line in lines[1..]) Note($"  {line.TrimStart()}");
    }

    public void Table(IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Grid();
        foreach (var row in rows)
        {
            while (table.Columns.Count < row.Count) table.AddColumn(new GridColumn().PadLeft(0).PadRight(2));
            table.AddRow([.. row.Select(cell => new Text(Visible.Of(cell)))]);
        }

        _output.Write(table);
    }

    /// <summary>Bytes for programs, on a line of their own.</summary>
    public void Raw(string text) => around.Output.WriteLine(text);

    private static string Safe(FormattableString line) => string.Format(
        CultureInfo.InvariantCulture, line.Format,
        [.. line.GetArguments().Select(argument => (object)Markup.Escape(Visible.Of(Convert.ToString(argument, CultureInfo.InvariantCulture) ?? "")))]);

    private static IAnsiConsole Console(TextWriter writer, bool terminal, Surroundings around)
    {
        var colours = terminal && string.IsNullOrEmpty(around.Variable("NO_COLOR"));
        var console = AnsiConsole.Create(new()
        {
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = colours ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        if (!terminal) console.Profile.Width = 100_000; // lines that are searched and compared are not broken
        return console;
    }
}
