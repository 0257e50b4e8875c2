using System.Globalization;
using YamlDotNet.Core;

namespace MLOpsGovernance.Cli.Manifests;

/// <summary>What is wrong with a manifest, with its places.</summary>
internal sealed class ManifestMistakes(string file)
{
    private const int MostShown = 20;
    private readonly List<(Mark At, string What)> _all = [];

    public void Add(Mark at, string what) => _all.Add((at, what));

    public void RefuseIfAny()
    {
        if (_all.Count > 0) throw Refuse();
    }

    public CommandFailedException Refuse()
    {
        var lines = _all.OrderBy(m => m.At.Line).ThenBy(m => m.At.Column)
            .Select(m => string.Create(CultureInfo.InvariantCulture, $"{file}:{Math.Max(m.At.Line, 1)}:{Math.Max(m.At.Column, 1)}: {m.What}"))
            .Distinct(StringComparer.Ordinal).ToList();
        var more = lines.Count > MostShown ? string.Create(CultureInfo.InvariantCulture, $"\nand {lines.Count - MostShown} more") : "";
        return CommandFailedException.Usage($"The manifest cannot be applied; nothing was written.\n{string.Join('\n', lines.Take(MostShown))}{more}");
    }
}
