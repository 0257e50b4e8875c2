namespace MLOpsGovernance.Policy.Cel.Types;

/// <param name="Slot">Where an evaluation finds the value.</param>
/// <param name="Bounds">How large it can be.</param>
/// <param name="IsLazy">Computed by an expression of its own when first read.</param>
internal sealed record Variable(string Name, CelType Type, int Slot, Extent Bounds, bool IsLazy = false);

/// <summary>What names mean: the container, variables and functions.</summary>
internal sealed class Environment(IReadOnlyDictionary<string, Function> library, string container = "")
{
    private readonly Dictionary<string, Variable> _variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Function> _declared = new(StringComparer.Ordinal);

    /// <summary>Type names that can be written as values.</summary>
    private static readonly Dictionary<string, CelType> TypeValues = new(StringComparer.Ordinal)
    {
        ["bool"] = CelType.Bool,
        ["int"] = CelType.Int,
        ["uint"] = CelType.UInt,
        ["double"] = CelType.Double,
        ["string"] = CelType.String,
        ["bytes"] = CelType.Bytes,
        ["list"] = CelType.List(CelType.Dyn),
        ["map"] = CelType.Map(CelType.Dyn, CelType.Dyn),
        ["null_type"] = CelType.Null,
        ["type"] = CelType.AnyType,
        ["google.protobuf.Timestamp"] = CelType.Timestamp,
        ["google.protobuf.Duration"] = CelType.Duration,
        ["optional_type"] = CelType.Optional(CelType.Dyn),
        ["net.IP"] = CelType.Abstract("net.IP"),
        ["net.CIDR"] = CelType.Abstract("net.CIDR"),
        ["semver"] = CelType.Abstract("semver"),
    };

    public int Slots => _variables.Count;

    public IEnumerable<Variable> Variables => _variables.Values;

    /// <summary>Dotted names are fine: <c>variables.small</c> wins over field <c>small</c> of a variable <c>variables</c>.</summary>
    public Variable Declare(string name, CelType type, Extent? bounds = null, bool lazy = false) =>
        _variables[name] = new(name, type, _variables.TryGetValue(name, out var known) ? known.Slot : _variables.Count, bounds ?? Extent.Of(type), lazy);

    public void Declare(string function, Overload overload)
    {
        if (!_declared.TryGetValue(function, out var known))
        {
            _declared[function] = known = new(function);
            if (library.TryGetValue(function, out var shipped)) known.Overloads.AddRange(shipped.Overloads);
        }

        known.Overloads.Add(overload);
    }

    public (Variable? Variable, CelType? TypeValue) Find(string name, bool rooted)
    {
        foreach (var candidate in Candidates(name, rooted))
        {
            if (_variables.TryGetValue(candidate, out var variable)) return (variable, null);
            if (TypeValues.TryGetValue(candidate, out var type)) return (null, type);
        }

        return (null, null);
    }

    public Function? FindFunction(string name, bool rooted)
    {
        foreach (var candidate in Candidates(name, rooted))
        {
            if (_declared.TryGetValue(candidate, out var function) || library.TryGetValue(candidate, out function)) return function;
        }

        return null;
    }

    /// <summary>In container A.B the name x is tried as A.B.x, A.x and x.</summary>
    private IEnumerable<string> Candidates(string name, bool rooted)
    {
        if (!rooted)
        {
            for (var scope = container; scope.Length > 0; scope = scope.LastIndexOf('.') is var dot and > 0 ? scope[..dot] : "")
                yield return $"{scope}.{name}";
        }

        yield return name;
    }

    public IEnumerable<string> FunctionNames => library.Keys.Concat(_declared.Keys).Where(static n => char.IsAsciiLetter(n[0]));
}
