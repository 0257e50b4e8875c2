using System.Collections.Frozen;
using MLOpsGovernance.Policy.Cel.Types;

namespace MLOpsGovernance.Policy.Cel.Library;

/// <summary>Collects functions from signatures such as <c>list(T).join(string): string</c>.</summary>
internal sealed class LibraryBuilder
{
    private readonly Dictionary<string, Function> _functions = new(StringComparer.Ordinal);

    /// <param name="signature">Receiver, name, parameter types and result; a single capital letter is a type parameter.</param>
    /// <param name="body">Null for what the evaluators do themselves; the overload serves the checker.</param>
    public LibraryBuilder Member(string signature, Implementation? body, CostRule? cost = null, ExtentRule? extent = null, WorstCaseRule? worst = null) =>
        Add(signature, true, body, cost, extent, worst);

    /// <param name="signature">Name (with its namespace, if any), parameter types and result.</param>
    public LibraryBuilder Global(string signature, Implementation body, CostRule? cost = null, ExtentRule? extent = null, WorstCaseRule? worst = null) =>
        Add(signature, false, body, cost, extent, worst);

    /// <summary>A function that dispatches on the kinds of its arguments by itself; the overloads serve the checker.</summary>
    public LibraryBuilder Direct(string name, Implementation body, params ReadOnlySpan<string> signatures)
    {
        foreach (var signature in signatures) Add(signature, false, body, null, null, null);
        _functions[name].Direct = body;
        return this;
    }

    private LibraryBuilder Add(string signature, bool isMember, Implementation? body, CostRule? cost, ExtentRule? extent, WorstCaseRule? worst)
    {
        var (name, parameters, result) = Read(signature, isMember);
        if (!_functions.TryGetValue(name, out var function)) _functions[name] = function = new(name);
        function.Overloads.Add(new(parameters, result, isMember, body) { Cost = cost, ResultExtent = extent, WorstCase = worst });
        return this;
    }

    private static (string Name, CelType[] Parameters, CelType Result) Read(string signature, bool isMember)
    {
        var end = signature.IndexOf("): ", StringComparison.Ordinal);
        var open = end;
        for (var depth = 1; depth > 0;)
        {
            open--;
            depth += signature[open] switch { ')' => 1, '(' => -1, _ => 0 };
        }

        var (head, inside, result) = (signature[..open], signature[(open + 1)..end], TypeText.Parse(signature[(end + 3)..]));
        var parameters = inside.Length == 0 ? [] : SplitTopLevel(inside).Select(static p => TypeText.Parse(p.Trim()));
        if (!isMember) return (head, [.. parameters], result);

        var dot = head.LastIndexOf('.');
        return (head[(dot + 1)..], [TypeText.Parse(head[..dot]), .. parameters], result);
    }

    private static IEnumerable<string> SplitTopLevel(string text)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '(') depth++;
            else if (text[i] == ')') depth--;
            else if (text[i] == ',' && depth == 0)
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }

    public FrozenDictionary<string, Function> Build() => _functions.ToFrozenDictionary(StringComparer.Ordinal);
}
