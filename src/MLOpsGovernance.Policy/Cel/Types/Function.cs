using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel.Types;

/// <summary>Computes a call. Every argument is a value; the answer may be an error, never an exception.</summary>
internal delegate CelValue Implementation(Meter meter, ReadOnlySpan<CelValue> args);

/// <summary>Cost of a call from the sizes of its arguments. Monotone, so the largest sizes give the largest cost.</summary>
internal delegate long CostRule(ReadOnlySpan<long> sizes);

/// <summary>The most a body charges by itself, from the extents of the arguments.</summary>
internal delegate long WorstCaseRule(ReadOnlySpan<Extent> args);

/// <summary>Largest extent of a result from those of the arguments.</summary>
internal delegate Extent ExtentRule(ReadOnlySpan<Extent> args);

internal sealed class Overload(CelType[] parameters, CelType result, bool isMember, Implementation? body)
{
    private readonly CelKind[] _kinds = [.. parameters.Select(static p => p.ValueKind)];

    public CelType[] Parameters => parameters;

    public CelType Result => result;

    public bool IsMember => isMember;

    /// <summary>Null for a function that is declared only.</summary>
    public Implementation? Body => body;

    /// <summary>Null: the call costs 1.</summary>
    public CostRule? Cost { get; init; }

    public ExtentRule? ResultExtent { get; init; }

    /// <summary>What the body may charge while it works, besides <see cref="Cost"/>.</summary>
    public WorstCaseRule? WorstCase { get; init; }

    public bool IsGeneric { get; } = result.Kind == TypeKind.Parameter || parameters.Any(HasParameter) || HasParameter(result);

    private static bool HasParameter(CelType type) => type.Kind == TypeKind.Parameter || Array.Exists(type.Parameters, HasParameter);

    public bool Accepts(ReadOnlySpan<CelValue> args)
    {
        if (args.Length != _kinds.Length) return false;
        for (var i = 0; i < args.Length; i++)
        {
            if (_kinds[i] != CelKind.None && _kinds[i] != args[i].Kind) return false;
        }

        return true;
    }
}

/// <summary>All overloads of one name.</summary>
internal sealed class Function(string name)
{
    public string Name => name;

    public List<Overload> Overloads { get; } = [];

    /// <summary>Does its own dispatch on the kinds of its arguments, as operators do.</summary>
    public Implementation? Direct { get; set; }

    /// <summary>Calls the first overload that takes these values. Charges the cost.</summary>
    public CelValue Call(Meter meter, ReadOnlySpan<CelValue> args, bool isMember)
    {
        if (Direct is not null) return Direct(meter, args);
        foreach (var overload in Overloads)
        {
            if (overload.IsMember == isMember && overload.Accepts(args)) return Call(overload, meter, args);
        }

        return NoOverload(args);
    }

    public static CelValue Call(Overload overload, Meter meter, ReadOnlySpan<CelValue> args)
    {
        if (!Charge(overload, meter, args)) return CelError.Budget;
        return overload.Body is { } body ? body(meter, args) : CelValue.Error("the function is declared but has no implementation");
    }

    private static bool Charge(Overload overload, Meter meter, ReadOnlySpan<CelValue> args)
    {
        if (overload.Cost is null) return meter.Spend(1);
        Span<long> sizes = stackalloc long[args.Length];
        for (var i = 0; i < args.Length; i++) sizes[i] = Sizes.Of(args[i]);
        return meter.Spend(overload.Cost(sizes));
    }

    private CelValue NoOverload(ReadOnlySpan<CelValue> args)
    {
        var types = new string[args.Length];
        for (var i = 0; i < args.Length; i++) types[i] = TypeNames.Of(args[i]);
        return CelValue.Error($"no such overload: {name}({string.Join(", ", types)})");
    }
}
