using MLOpsGovernance.Policy.Documents;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MLOpsGovernance.Policy.Yaml;

/// <summary>Reads one document, strictly: no aliases, no tags, no repeated keys, no second document.</summary>
internal sealed class YamlReader
{
    private const int MaxLength = 1024 * 1024;
    private const int MaxDepth = 60;

    private readonly Parser _parser;
    private readonly string _file;

    private YamlReader(string text) => (_file, _parser) = (text, new Parser(new StringReader(text)));

    private sealed class Refusal(string code, string message, Mark at) : Exception(message)
    {
        public string Code => code;

        public Mark At => at;
    }

    /// <summary>The document, or null with the reason in the diagnostics. Never throws.</summary>
    public static YamlNode? Read(PolicyFile file, Diagnostics diagnostics)
    {
        if (file.Text.Length > MaxLength)
        {
            diagnostics.Error(file.Path, 1, 1, "yaml.size", $"The file is larger than {MaxLength} characters.");
            return null;
        }

        try
        {
            return new YamlReader(file.Text).Document();
        }
        catch (Refusal refusal)
        {
            diagnostics.Error(file.Path, (int)refusal.At.Line, (int)refusal.At.Column, refusal.Code, refusal.Message);
        }
        catch (YamlException e)
        {
            diagnostics.Error(file.Path, Math.Max(1, (int)e.Start.Line), Math.Max(1, (int)e.Start.Column), "yaml.syntax", $"This is not YAML: {e.Message}");
        }

        return null;
    }

    private T Take<T>()
        where T : ParsingEvent
    {
        var current = _parser.Current;
        if (current is not T wanted) throw new Refusal("yaml.syntax", $"Expected {typeof(T).Name}, found {current?.GetType().Name ?? "the end"}.", current?.Start ?? Mark.Empty);
        _parser.MoveNext();
        return wanted;
    }

    private YamlNode Document()
    {
        _parser.MoveNext();
        Take<StreamStart>();
        if (_parser.Current is StreamEnd) throw new Refusal("yaml.empty", "The file holds no document.", new Mark(0, 1, 1));
        Take<DocumentStart>();
        var root = Node(0);
        Take<DocumentEnd>();
        if (_parser.Current is DocumentStart second) throw new Refusal("yaml.documents", "A file holds one document; this begins a second one.", second.Start);
        return root;
    }

    private YamlNode Node(int depth)
    {
        var current = _parser.Current!;
        if (depth > MaxDepth) throw new Refusal("yaml.depth", $"Values nest at most {MaxDepth} levels.", current.Start);
        if (current is AnchorAlias) throw new Refusal("yaml.alias", "Aliases are not allowed: write the value out, so that a reader sees what holds.", current.Start);
        if (current is NodeEvent { Anchor.IsEmpty: false }) throw new Refusal("yaml.alias", "Anchors are not allowed: there are no aliases to use them.", current.Start);
        if (current is NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } }) throw new Refusal("yaml.tag", "Tags are not allowed: the schema decides the types.", current.Start);
        return current switch
        {
            Scalar => ReadScalar(),
            SequenceStart => Sequence(depth),
            MappingStart => Mapping(depth),
            _ => throw new Refusal("yaml.syntax", "A value is missing.", current.Start),
        };
    }

    private YamlScalar ReadScalar()
    {
        var scalar = Take<Scalar>();
        return new(scalar.Value, scalar.Style, _file, (int)scalar.Start.Index, (int)scalar.Start.Line, (int)scalar.Start.Column);
    }

    private YamlSequence Sequence(int depth)
    {
        var start = Take<SequenceStart>().Start;
        var items = new List<YamlNode>();
        while (_parser.Current is not SequenceEnd) items.Add(Node(depth + 1));
        Take<SequenceEnd>();
        return new(items, (int)start.Line, (int)start.Column);
    }

    private YamlMapping Mapping(int depth)
    {
        var start = Take<MappingStart>().Start;
        var entries = new List<YamlEntry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (_parser.Current is not MappingEnd)
        {
            var at = _parser.Current!.Start;
            if (Node(depth + 1) is not YamlScalar key) throw new Refusal("yaml.key", "A key is a plain text.", at);
            if (!seen.Add(key.Text)) throw new Refusal("yaml.duplicate-key", $"The key '{key.Text}' appears twice; the second would win silently.", at);
            entries.Add(new(key, Node(depth + 1)));
        }

        Take<MappingEnd>();
        return new(entries, (int)start.Line, (int)start.Column);
    }
}
