namespace MLOpsGovernance.Policy.Cel.Types;

/// <summary>What the type variables of one expression stand for, as far as known.</summary>
internal sealed class Substitution
{
    /// <summary>Types can be written that unfold to exponential size; past this much work they count as not agreeing.</summary>
    private const int MaxSteps = 1_000_000;

    private readonly Dictionary<string, CelType> _bound = new(StringComparer.Ordinal);
    private readonly List<(string Name, CelType? Before)> _undo = [];
    private int _fresh;
    private int _steps;

    public CelType Fresh() => CelType.Parameter(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"_{_fresh++}"));

    /// <summary>Whether each type can stand where the other is wanted. Binds variables only when all of them can.</summary>
    public bool TryAssign(ReadOnlySpan<CelType> from, ReadOnlySpan<CelType> to)
    {
        if (from.Length != to.Length) return false;
        _undo.Clear();
        for (var i = 0; i < from.Length; i++)
        {
            if (Assign(from[i], to[i])) continue;
            Undo();
            return false;
        }

        return true;
    }

    /// <summary>
    /// What stood where nothing is known about a value may be of any type: it must not be settled by who happens to look at it first.
    /// </summary>
    public void Loosen(CelType from, CelType to)
    {
        if (++_steps > MaxSteps) return;
        if (from.Kind == TypeKind.Parameter && _bound.TryGetValue(from.Name, out var meaning)) Loosen(meaning, to);
        else if (from.IsDynamic) Free(to);
        else for (var i = 0; i < Math.Min(from.Parameters.Length, to.Parameters.Length); i++) Loosen(from.Parameters[i], to.Parameters[i]);
    }

    private void Free(CelType type)
    {
        if (++_steps > MaxSteps) return;
        if (type.Kind == TypeKind.Parameter)
        {
            if (_bound.TryGetValue(type.Name, out var meaning)) Free(meaning);
            else _bound[type.Name] = CelType.Dyn;
        }

        foreach (var parameter in type.Parameters) Free(parameter);
    }

    private void Undo()
    {
        for (var i = _undo.Count - 1; i >= 0; i--)
        {
            if (_undo[i].Before is { } before) _bound[_undo[i].Name] = before;
            else _bound.Remove(_undo[i].Name);
        }
    }

    private void Set(CelType variable, CelType meaning)
    {
        _undo.Add((variable.Name, _bound.GetValueOrDefault(variable.Name)));
        _bound[variable.Name] = meaning;
    }

    public bool TryAssign(CelType from, CelType to) => TryAssign([from], [to]);

    private bool Assign(CelType from, CelType to)
    {
        if (++_steps > MaxSteps) return false;
        if (to.Kind == TypeKind.Parameter)
        {
            var (assigned, bound) = Bind(from, to);
            if (assigned) return true;
            if (bound) return false;
        }

        if (from.Kind == TypeKind.Parameter) return Bind(to, from).Assigned;
        if (from.IsDynamic || to.IsDynamic) return true;
        if (from.Kind == TypeKind.Null) return IsNullable(to);
        if (to.Kind == TypeKind.Null) return IsNullable(from);
        if (from.Kind != to.Kind || from.Name != to.Name) return false;
        return from.Kind switch
        {
            TypeKind.List or TypeKind.Map or TypeKind.Abstract => AssignAll(from.Parameters, to.Parameters),
            _ => true,
        };
    }

    private bool AssignAll(CelType[] from, CelType[] to)
    {
        if (from.Length != to.Length) return false;
        for (var i = 0; i < from.Length; i++)
        {
            if (!Assign(from[i], to[i])) return false;
        }

        return true;
    }

    /// <summary>Null stands for an absent value of these kinds, as it always did in this language.</summary>
    private static bool IsNullable(CelType type) =>
        type.Kind is TypeKind.Null or TypeKind.Abstract or TypeKind.Object or TypeKind.Duration or TypeKind.Timestamp;

    private (bool Assigned, bool Bound) Bind(CelType type, CelType variable)
    {
        if (type.Same(variable)) return (true, true);
        if (_bound.TryGetValue(variable.Name, out var known))
        {
            if (type.Same(known)) return (true, true);
            if (!Assign(type, known)) return (false, true);
            var general = MoreGeneral(type, known);
            if (!Occurs(variable, general)) Set(variable, general);
            return (true, true);
        }

        if (Occurs(variable, type)) return (false, false);
        Set(variable, type);
        return (true, false);
    }

    /// <summary>A variable inside its own meaning would make an endless type.</summary>
    private bool Occurs(CelType variable, CelType within)
    {
        if (++_steps > MaxSteps) return true;
        if (within.Kind == TypeKind.Parameter)
            return within.Name == variable.Name || (_bound.TryGetValue(within.Name, out var meaning) && Occurs(variable, meaning));
        foreach (var parameter in within.Parameters)
        {
            if (Occurs(variable, parameter)) return true;
        }

        return false;
    }

    /// <summary>Of two types that agree. Null agrees with nullable types only, and says less than they do.</summary>
    public static CelType MoreGeneral(CelType a, CelType b) =>
        b.Kind == TypeKind.Null || (a.Kind != TypeKind.Null && IsAtLeastAsGeneral(a, b)) ? a : b;

    private static bool IsAtLeastAsGeneral(CelType a, CelType b)
    {
        if (a.Kind is TypeKind.Dyn or TypeKind.Parameter) return true;
        if (b.Kind is TypeKind.Dyn or TypeKind.Parameter) return false;
        if (a.Kind != b.Kind || a.Name != b.Name || a.Parameters.Length != b.Parameters.Length) return false;
        if (a.Kind == TypeKind.Type) return true;
        for (var i = 0; i < a.Parameters.Length; i++)
        {
            if (!IsAtLeastAsGeneral(a.Parameters[i], b.Parameters[i])) return false;
        }

        return true;
    }

    /// <summary>The type with every known variable replaced; with <paramref name="final"/> an unknown one becomes dyn.</summary>
    public CelType Apply(CelType type, bool final = false)
    {
        if (++_steps > MaxSteps) return CelType.Dyn;
        if (type.Kind == TypeKind.Parameter)
            return _bound.TryGetValue(type.Name, out var meaning) ? Apply(meaning, final) : final ? CelType.Dyn : type;
        if (type.Parameters.Length == 0) return type;
        var parameters = new CelType[type.Parameters.Length];
        var changed = false;
        for (var i = 0; i < parameters.Length; i++)
        {
            parameters[i] = Apply(type.Parameters[i], final);
            changed |= !ReferenceEquals(parameters[i], type.Parameters[i]);
        }

        return changed ? type.With(parameters) : type;
    }

    /// <summary>The overload's types with variables of their own, so that two calls do not disturb each other.</summary>
    public (CelType[] Parameters, CelType Result) Instantiate(Overload overload)
    {
        if (!overload.IsGeneric) return (overload.Parameters, overload.Result);
        var fresh = new Dictionary<string, CelType>(StringComparer.Ordinal);
        return ([.. overload.Parameters.Select(p => Rename(p, fresh))], Rename(overload.Result, fresh));
    }

    private CelType Rename(CelType type, Dictionary<string, CelType> fresh)
    {
        if (type.Kind == TypeKind.Parameter)
        {
            if (!fresh.TryGetValue(type.Name, out var renamed)) fresh[type.Name] = renamed = Fresh();
            return renamed;
        }

        return type.Parameters.Length == 0 ? type : type.With([.. type.Parameters.Select(p => Rename(p, fresh))]);
    }
}
