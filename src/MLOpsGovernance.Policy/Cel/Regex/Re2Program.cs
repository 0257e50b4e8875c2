using System.Text;

namespace MLOpsGovernance.Policy.Cel.Regex;

/// <summary>
/// A pattern as a nondeterministic automaton, run over code points with all its states at once: time is linear in text and program,
/// whatever the pattern. There are no groups to report, so greedy and lazy repetition are the same.
/// </summary>
internal sealed class Re2Program
{
    public const int MaxSize = 5000;

    private enum Op : byte { Set, Split, Jump, Assert, Match }

    private readonly record struct Instruction(Op Op, int Next, int Other = 0, CodePointSet? Set = null, ReAssertion Assertion = default);

    private readonly List<Instruction> _code = [];

    public int Size => _code.Count;

    /// <summary>The program, or why there is none. Never throws.</summary>
    public static (Re2Program? Program, string? Why) Compile(string pattern)
    {
        try
        {
            var program = new Re2Program();
            program.Emit(Re2Parser.Parse(pattern));
            program.Add(new(Op.Match, 0));
            return (program, null);
        }
        catch (Re2Exception e)
        {
            return (null, $"'{Values.CodePoints.Cut(pattern, 60)}' is no RE2 pattern: {e.Message}");
        }
    }

    private int Add(Instruction instruction)
    {
        if (_code.Count >= MaxSize) throw new Re2Exception("the pattern is too large; its repetitions multiply");
        _code.Add(instruction);
        return _code.Count - 1;
    }

    private void Emit(Re re)
    {
        switch (re)
        {
            case ReSet set: Add(new(Op.Set, _code.Count + 1, Set: set.Set)); break;
            case ReAssert assert: Add(new(Op.Assert, _code.Count + 1, Assertion: assert.Kind)); break;
            case ReSequence sequence:
                foreach (var part in sequence.Parts) Emit(part);
                break;
            case ReChoice choice: EmitChoice(choice.Options); break;
            case ReRepeat repeat: EmitRepeat(repeat); break;
        }
    }

    private void EmitChoice(IReadOnlyList<Re> options)
    {
        var ends = new List<int>();
        for (var i = 0; i < options.Count - 1; i++)
        {
            var split = Add(new(Op.Split, _code.Count + 1));
            Emit(options[i]);
            ends.Add(Add(new(Op.Jump, 0)));
            _code[split] = _code[split] with { Other = _code.Count };
        }

        Emit(options[^1]);
        foreach (var end in ends) _code[end] = _code[end] with { Next = _code.Count };
    }

    private void EmitRepeat(ReRepeat repeat)
    {
        for (var i = 0; i < repeat.Min; i++) EmitCounted(repeat.Part);
        if (repeat.Max < 0)
        {
            var split = Add(new(Op.Split, _code.Count + 1));
            Emit(repeat.Part);
            Add(new(Op.Jump, split));
            _code[split] = _code[split] with { Other = _code.Count };
            return;
        }

        var splits = new List<int>();
        for (var i = repeat.Min; i < repeat.Max; i++)
        {
            splits.Add(Add(new(Op.Split, _code.Count + 1)));
            EmitCounted(repeat.Part);
        }

        foreach (var split in splits) _code[split] = _code[split] with { Other = _code.Count };
    }

    /// <summary>Nested counts of nothing would take long and add nothing, so a copy costs at least one instruction.</summary>
    private void EmitCounted(Re part)
    {
        var before = _code.Count;
        Emit(part);
        if (_code.Count == before) Add(new(Op.Jump, _code.Count + 1));
    }

    public bool Matches(string text)
    {
        var size = _code.Count;
        var lists = size <= 128 ? stackalloc int[4 * size] : new int[4 * size];
        var current = new States(lists[..size], lists[size..(2 * size)]);
        var next = new States(lists[(2 * size)..(3 * size)], lists[(3 * size)..]);
        var before = -1;
        var at = 0;
        while (true)
        {
            var here = -1;
            var length = 0;
            if (at < text.Length)
            {
                Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out length);
                here = rune.Value;
            }

            // A match may begin anywhere.
            if (Follow(ref current, 0, before, here)) return true;
            if (here < 0) return false;

            next.Count = 0;
            var after = at + length < text.Length ? PeekRune(text, at + length) : -1;
            for (var i = 0; i < current.Count; i++)
            {
                var instruction = _code[current.Dense[i]];
                if (instruction.Op == Op.Set && instruction.Set!.Contains(here) && Follow(ref next, instruction.Next, here, after)) return true;
            }

            var swap = current;
            current = next;
            next = swap;
            before = here;
            at += length;
        }
    }

    private static int PeekRune(string text, int at)
    {
        Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out _);
        return rune.Value;
    }

    /// <summary>Adds a state and all that follow without reading; true when the match is reached.</summary>
    private bool Follow(ref States states, int start, int before, int after)
    {
        Span<int> pending = stackalloc int[64];
        var stack = new ValueStack(pending);
        stack.Push(start);
        while (stack.TryPop(out var state))
        {
            if (!states.Add(state)) continue;
            var instruction = _code[state];
            switch (instruction.Op)
            {
                case Op.Match: return true;
                case Op.Jump: stack.Push(instruction.Next); break;
                case Op.Split:
                    stack.Push(instruction.Other);
                    stack.Push(instruction.Next);
                    break;
                case Op.Assert when Holds(instruction.Assertion, before, after): stack.Push(instruction.Next); break;
            }
        }

        return false;
    }

    private static bool Holds(ReAssertion assertion, int before, int after) => assertion switch
    {
        ReAssertion.TextStart => before < 0,
        ReAssertion.TextEnd => after < 0,
        ReAssertion.LineStart => before is < 0 or '\n',
        ReAssertion.LineEnd => after is < 0 or '\n',
        ReAssertion.WordBoundary => IsWord(before) != IsWord(after),
        _ => IsWord(before) == IsWord(after),
    };

    private static bool IsWord(int c) => c is >= 0 and < 128 && (char.IsAsciiLetterOrDigit((char)c) || c == '_');

    /// <summary>A set of states that empties in no time and keeps its order.</summary>
    private ref struct States(Span<int> dense, Span<int> sparse)
    {
        public Span<int> Dense { get; } = dense;

        private readonly Span<int> _sparse = sparse;

        public int Count { get; set; }

        public bool Add(int state)
        {
            var at = _sparse[state];
            if (at < Count && Dense[at] == state) return false;
            Dense[Count] = state;
            _sparse[state] = Count++;
            return true;
        }
    }

    private ref struct ValueStack(Span<int> first)
    {
        private Span<int> _items = first;
        private int _count;

        public void Push(int value)
        {
            if (_count == _items.Length)
            {
                var larger = new int[_count * 2];
                _items.CopyTo(larger);
                _items = larger;
            }

            _items[_count++] = value;
        }

        public bool TryPop(out int value)
        {
            value = 0;
            if (_count == 0) return false;
            value = _items[--_count];
            return true;
        }
    }
}
