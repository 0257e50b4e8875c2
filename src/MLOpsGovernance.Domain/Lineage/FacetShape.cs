using System.Text.Json;
using System.Text.RegularExpressions;

namespace MLOpsGovernance.Domain.Lineage;

/// <summary>
/// What a facet looks like, in one line: <c>{name:string,uri?:uri,fields?:[{name:string}],params?:{*:string}}</c>. Members that are not named are allowed, and null where a member may be missing.
/// </summary>
public sealed partial class FacetShape
{
    private readonly string _word;
    private readonly IReadOnlyList<Member> _members;
    private readonly FacetShape? _each;

    private FacetShape(string word, IReadOnlyList<Member> members, FacetShape? each) => (_word, _members, _each) = (word, members, each);

    public static FacetShape Parse(string text)
    {
        var at = 0;
        var shape = Read(text, ref at);
        return at == text.Length ? shape : throw new FormatException($"There is something after character {at} of {text}.");
    }

    /// <summary>The first thing that is not as it should be; null where all is.</summary>
    public LineageFault? FirstFault(JsonElement value, string path) => _word switch
    {
        "object" => value.ValueKind != JsonValueKind.Object ? Wrong(path, "an object") : FirstInObject(value, path),
        "list" => value.ValueKind != JsonValueKind.Array ? Wrong(path, "an array") : FirstInList(value, path),
        "any" => null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : Wrong(path, "true or false"),
        "number" => value.ValueKind == JsonValueKind.Number ? null : Wrong(path, "a number"),
        "integer" => value.ValueKind == JsonValueKind.Number && IsWhole(value) ? null : Wrong(path, "a whole number"),
        _ when value.ValueKind != JsonValueKind.String => Wrong(path, "text"),
        "uri" => IsUri(value.GetString()!) ? null : Wrong(path, "a URI with a scheme"),
        "uuid" => Guid.TryParseExact(value.GetString(), "D", out _) ? null : Wrong(path, "a UUID"),
        "time" => LineageTime.TryRead(value.GetString()!, out _, out var zoned) && zoned ? null : Wrong(path, "a time with a zone"),
        _ => null,
    };

    /// <summary>Whether it begins with a scheme, whatever the operating system thinks of paths.</summary>
    public static bool IsUri(string text) => Scheme().IsMatch(text) && !text.Any(char.IsWhiteSpace);

    private LineageFault? FirstInObject(JsonElement value, string path)
    {
        foreach (var member in _members)
        {
            if (!value.TryGetProperty(member.Name, out var found) || (found.ValueKind == JsonValueKind.Null && member.Optional))
            {
                if (!member.Optional) return new($"{path}.{member.Name}", "facet-invalid", $"{member.Name} is required and missing.");
                continue;
            }

            if (member.Shape.FirstFault(found, $"{path}.{member.Name}") is { } fault) return fault;
        }

        if (_each is null) return null;
        foreach (var property in value.EnumerateObject())
            if (!_members.Any(m => m.Name == property.Name) && !property.Name.StartsWith('_') && _each.FirstFault(property.Value, $"{path}.{property.Name}") is { } fault) return fault;
        return null;
    }

    private LineageFault? FirstInList(JsonElement value, string path)
    {
        var index = 0;
        foreach (var item in value.EnumerateArray())
            if (_each!.FirstFault(item, FormattableString.Invariant($"{path}[{index++}]")) is { } fault) return fault;
        return null;
    }

    private static LineageFault Wrong(string path, string expected) => new(path, "facet-invalid", $"is not {expected}.");

    private static bool IsWhole(JsonElement value) => value.TryGetInt64(out _) || (value.TryGetDouble(out var number) && Math.Floor(number) == number);

    private static FacetShape Read(string text, ref int at)
    {
        if (text[at] == '[')
        {
            at++;
            var item = Read(text, ref at);
            at++;
            return new("list", [], item);
        }

        if (text[at] != '{') return new(Word(text, ref at), [], null);
        at++;
        List<Member> members = [];
        FacetShape? each = null;
        while (text[at] != '}')
        {
            var name = Word(text, ref at);
            var optional = text[at] == '?';
            at += optional ? 2 : 1;
            var shape = Read(text, ref at);
            if (name == "*") each = shape;
            else members.Add(new(name, optional, shape));
            if (text[at] == ',') at++;
        }

        at++;
        return new("object", members, each);
    }

    private static string Word(string text, ref int at)
    {
        var from = at;
        while (at < text.Length && text[at] is not (':' or '?' or ',' or '}' or ']')) at++;
        return text[from..at];
    }

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9+.-]*:", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Scheme();

    private sealed record Member(string Name, bool Optional, FacetShape Shape);
}
