// The worker names its hash containers after a library that distributions do not ship. The standard
// containers keep every guarantee that the worker relies on, and more (stable references), so this
// header gives them that library's names.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <unordered_map>
#include <unordered_set>

namespace ankerl::unordered_dense
{
	// A standard hash is the identity for numbers. The worker combines these hashes by hand and then
	// expects every bit of the result to depend on every bit of the value, hence the mixing.
	template<typename T>
	struct hash
	{
		using is_avalanching = void;

		uint64_t operator()(const T& value) const noexcept
		{
			uint64_t mixed = static_cast<uint64_t>(std::hash<T>{}(value));

			mixed += 0x9e3779b97f4a7c15ULL;
			mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
			mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;

			return mixed ^ (mixed >> 31);
		}
	};

	template<typename Key, typename Value, typename Hash = hash<Key>, typename Equal = std::equal_to<Key>>
	using map = std::unordered_map<Key, Value, Hash, Equal>;

	template<typename Key, typename Hash = hash<Key>, typename Equal = std::equal_to<Key>>
	using set = std::unordered_set<Key, Hash, Equal>;
} // namespace ankerl::unordered_dense
